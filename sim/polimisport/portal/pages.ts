import { type Html, html, json } from '../../shared/html.ts'
import { type Layout, restyle } from '../layout.ts'
import type { SiteBooking } from '../site.ts'
import type { Texts } from '../texts.ts'
import type { Slot } from '../timetable.ts'
import { activityName, dayLabel, shortDate } from './labels.ts'

/** The way in. The second form is hidden, with a green submit of its own. */
export function loginPage({ login, title }: Texts, token: string, returnUrl: string): Html {
  return html`<div class="logo">${title}</div><div class="content">
 <form action="/sportpolimi/Account/ExternalLogin" method="post">
  <input type="hidden" name="__RequestVerificationToken" value="${token}">
  <input type="hidden" name="returnUrl" value="${returnUrl}">
  <div class="form-actions"><button type="submit" class="btn green">${login.start}</button></div></form>
 <form class="forget-form" style="display:none" method="post" action="/sportpolimi/Account/ForgotPassword">
  <button type="submit" class="btn green pull-right">${login.forgot}</button></form></div>`
}

/** The dashboard. */
export function homePage({ home }: Texts, name: string): Html {
  return html`<h3 class="page-title">${home.greeting}, ${name}</h3>
<div class="row"><div id="home_btt_booking" class="col-md-4"><div class="dashboard-stat purple-plum">
 <div class="details"><div class="number">${home.tile}</div><div class="desc">${home.tileSub}</div></div>
 <a class="more" href="/sportpolimi/Booking">${home.tileMore} <i class="m-icon-swapright"></i></a></div></div></div>`
}

export type Card = { booking: SiteBooking; slot: Slot; cancellable: boolean }

/** My bookings. A card names no booking: the ids are in the script's data, in the same order. */
export function bookingsPage(texts: Texts, layout: Layout, cards: readonly Card[]): Html {
  const { list } = texts
  return html`<h3 class="page-title">${list.heading}</h3>
<a href="/sportpolimi/Booking/ChooseActivity" class="purple-plum btn_nuovaprenotazione standard-booking btn">${list.newBooking}</a>
<div id="event-repository">${cards.map((card) => bookingCard(texts, layout, card))}
 ${cards.length === 0 && html`<p class="event-empty">${list.empty}</p>`}</div>
${dialogs(texts)}
<script type="application/json" id="page-data">${json({
    bookings: cards.map(({ booking }) => booking.id),
    words: { cancel: texts.dialogs.cancel, broken: texts.calendar.broken },
  })}</script>`
}

function bookingCard({ list, calendar }: Texts, { variants }: Layout, { slot, cancellable }: Card): Html {
  return html`<div class="event-main-block row" data-part="card">
 <div class="event-info-schedule">${shortDate(slot.date)}</div>
 <div class="event-info-time"><span class="time-start">${slot.time}</span> <span class="time-duration">${slot.minutes} ${calendar.minutes}</span></div>
 <div class="event-info-description">${restyle(activityName(slot), variants)}</div>
 <div class="event-info-skill-level">${restyle(slot.skill ?? '', variants)}</div>
 ${cancellable && html`<button type="button" class="btn-delete btn red" data-part="delete">${list.cancel}</button>`}</div>`
}

/** What can be booked. */
export function activitiesPage(
  { calendar }: Texts,
  { variants }: Layout,
  activities: readonly { id: string; name: string }[],
  loseClick: boolean,
): Html {
  const links = activities.map(
    ({
      id,
      name,
    }) => html`<a class="list-group-item" href="/sportpolimi/Booking/BookActivity?activityId=${id}&amp;activityFlags=Classes">
  <h3 class="list-group-item-heading col-md-10 font-blue-madison">${restyle(name, variants)}</h3></a>`,
  )
  return html`<h3 class="page-title">${calendar.choose}</h3>
<div><div class="row"><div><form><div class="list-group">${links}</div></form></div></div></div>
${
  loseClick &&
  html`<script>document.addEventListener('click', function (event) { event.preventDefault() }, { once: true, capture: true })</script>`
}`
}

export type CalendarData = { activityId: string; today: string; [key: string]: unknown }

/** The calendar, without a single slot: its script asks for them. */
export function calendarPage(texts: Texts, data: CalendarData, repositoryFirst: boolean): Html {
  const repository = html`<div id="day-schedule-repository" data-part="repository" style="display:none"></div>`
  return html`<a class="btn default" href="/sportpolimi/Booking/ChooseActivity">${texts.calendar.back}</a>
<div id="booking-calendar" data-part="calendar" style="display:none">
 <div class="calendar-bar">
 <a href="#" class="btn-move-date btn default" data-date-target="-1" data-part="back"><i class="fa fa-chevron-left"></i></a>
 <a href="#" class="btn default" data-part="today">${texts.calendar.today}</a>
 <a href="#" class="btn-move-date btn default" data-date-target="+1" data-part="on"><i class="fa fa-chevron-right"></i></a></div>
 ${repositoryFirst && repository}
 <div id="day-schedule-container" class="row" data-part="days"></div>
 ${!repositoryFirst && repository}</div>
<div id="booking-confirm-container" data-part="confirm" style="display:none"></div>
${dialogs(texts)}
<script type="application/json" id="page-data">${json(data)}</script>`
}

/** The view before the last click; injected into the calendar's page. */
export function confirmView(
  texts: Texts,
  layout: Layout,
  slot: Slot,
  offer: { kind: 'book' } | { kind: 'waitlist' } | { kind: 'refused'; message: string },
): Html {
  const { confirm, calendar, otherWords } = texts
  const { variants } = layout
  const name = [activityName(slot), slot.skill].filter((part) => part !== null).join(' - ')
  const day = dayLabel(Temporal.PlainDate.from(slot.date), texts, layout)
  const label = variants.includes('button') ? otherWords.confirm : confirm.button
  return html`<h4>${confirm.heading}</h4><h3>${restyle(name, variants)}</h3>
<p>${day} ${slot.time} (${slot.minutes} ${calendar.minutes})</p>
${slot.instructor !== null && html`<p>${calendar.with} ${restyle(slot.instructor, variants)}</p>`}
${offer.kind === 'book' && html`<button type="button" id="btnConfirmAppointmentBooking" class="btn green" data-part="book" data-appointment="${slot.id}">${label}</button>`}
${offer.kind === 'waitlist' && html`<button type="button" class="btn yellow" data-part="wait" data-appointment="${slot.id}">${confirm.waitlist}</button>`}
${offer.kind === 'refused' && html`<div class="alert alert-danger">${offer.message}</div>`}`
}

/** Both dialogs of a page, hidden until its script needs them. */
function dialogs({ dialogs }: Texts): Html {
  return html`<div class="modal" id="srModal_g_confirm_dialog" role="dialog" data-part="ask" style="display:none"><div class="modal-dialog">
 <div class="modal-body" data-part="ask-text"></div><div class="modal-footer">
 <button type="button" class="btn green" data-modalrole="confirm" data-part="yes">${dialogs.yes}</button>
 <button type="button" class="btn default" data-modalrole="cancel" data-part="no">${dialogs.no}</button></div></div></div>
<div class="modal" id="srModal_g_alert_dialog" role="dialog" data-part="tell" style="display:none"><div class="modal-dialog">
 <div class="modal-body" data-part="tell-text"></div><div class="modal-footer">
 <button type="button" class="btn green" data-modalrole="confirm" data-part="ok">${dialogs.ok}</button></div></div></div>`
}
