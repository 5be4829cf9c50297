menu-title =
    👋 Hi { $name }!

    I book your classes on the site and tell you how it went. What would you like to do?
button-new-booking = 📅 New booking
button-bookings = 📋 My bookings
button-timetable = 🗓️ Timetable
button-recurring = 🔄 Recurring
button-settings = ⚙️ Settings
button-menu = ‹ Menu
button-back = ‹ Back
help =
    <b>What I can do</b>

    /book – book a class: day, class, done
    /bookings – what you have booked; cancel from there
    /timetable – all classes with the spots left
    /status – your last ten requests; /status 12 tells all about #12
    /cancel 12 – takes back request #12, or cancels the booking it made
    /refresh – reads the timetable from the site again
    /start – the menu

    I answer at once and do the work in the background: the message shows how far it is.
recurring-soon = 🔄 Recurring bookings are coming soon.
unknown-text = I work with buttons and commands. Pick one:
unknown-command = I do not know that command. Here is what I can do:
outdated = This button is outdated. Press /start for a fresh menu.
trouble = Something went wrong on my side. Please try again.

command-start = The menu
command-book = Book a class
command-bookings = My bookings, and cancelling
command-timetable = Classes and spots left
command-status = My requests; with a number: all about it
command-cancel = Take back a request: /cancel 12
command-refresh = Read the timetable again
command-help = What I can do

date-today = today, { $date }
date-tomorrow = tomorrow, { $date }
age-now = just now
age-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
age-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
age-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}

no-account = You have no account here yet, so there is nothing I can log in with. Add yours: it takes a minute.
choose-account = For which account?
suspended-hint = ⚠️ The site refused the login of <b>{ $account }</b>. I will not try again until it is mended.
days-title =
    <b>📅 New booking</b>

    Which day?
button-day = { $n ->
    [one] { $day } · { $n } class
   *[other] { $day } · { $n } classes
}
timetable-empty = I have no classes to show yet. Shall I read the timetable from the site?
timetable-seen = Timetable read { $age }.
day-title = <b>{ $day }</b>
day-empty = <b>{ $day }</b>: no more classes.
legend = 🟢 free · 🔒 not open yet · 🔴 full · ⚪ closed · ✅ yours
spots = { $n ->
    [0] full
    [one] { $n } spot
   *[other] { $n } spots
}
slot-instructor = with { $name }
slot-seen = Seen { $age }.
can-book = 🟢 You can book it now.
cannot-past = ⚪ It has already begun.
cannot-already-booked = ✅ You have booked it.
cannot-full = 🔴 It is full.
cannot-closed = ⚪ The site does not let it be booked now.
cannot-not-open-yet = 🔒 Not open yet: it can be booked from { $opens }.
cannot-queued = ⏳ Already in the queue as #{ $id }.
button-book-it = ✅ Book it
button-refresh = 🔄 Refresh the timetable
button-show-action = ⏳ Show #{ $id }
button-other-classes = Other classes that day
slot-gone = This class is no longer on the timetable.

queued-popup = Queued as #{ $id }
queued-already = Already in the queue as #{ $id }
open-book = ⏳ Booking <b>{ $name }</b>
open-cancel = ⏳ Cancelling <b>{ $name }</b>
open-check = ⏳ Checking the login of <b>{ $account }</b>
open-refresh = ⏳ Reading the timetable of <b>{ $portal }</b>
open-sync = ⏳ Reading the bookings of <b>{ $account }</b>
step-queued = queued as #{ $id }
step-claimed = claimed, work has begun
step-session = looking for the last login
step-logging-in = logging in
step-one-time-code = entering the one-time code
step-choosing-slot = choosing the slot
step-confirming = confirming
step-verifying = verifying on the site
step-reading-timetable = reading the timetable
step-reading-bookings = reading your bookings
step-reconciling = checking on the site how the last try ended
wait-retry = Trying again at { $time }.
wait-opens = 🔒 Opens { $opens }: I'll book it then.
wait-no-worker = 💤 Nobody is working right now; it will run as soon as the worker is back.
wait-suspended = ⚠️ It waits: the site refused the login of { $account }. Mend it with /accounts.
wait-cooled = ⏸ The site asked for quiet; going on at { $time }.
taking-back = ↩️ Taking it back…
button-take-back = ↩️ Take it back

done-book = ✅ Booked: <b>{ $name }</b>
done-cancel = ✅ Cancelled: <b>{ $name }</b>
done-check = ✅ The login of <b>{ $account }</b> works.
done-refresh = ✅ Timetable read: { $slots ->
    [one] { $slots } class
   *[other] { $slots } classes
} in { $days ->
    [one] { $days } day
   *[other] { $days } days
}.
done-sync = { $added ->
    [0] { $removed ->
        [0] ✅ Up to date: nothing has changed.
       *[other] ✅ Up to date: { $removed } gone.
    }
   *[other] { $removed ->
        [0] ✅ Up to date: { $added } added.
       *[other] ✅ Up to date: { $added } added, { $removed } gone.
    }
}
taken-back-book = ↩️ Taken back: <b>{ $name }</b>. Nothing was booked.
taken-back-cancel = ↩️ Taken back: your booking of <b>{ $name }</b> stands.
taken-back-other = ↩️ Taken back.
failed-book = ❌ Not booked: <b>{ $name }</b>
failed-cancel = ❌ Not cancelled: <b>{ $name }</b>
failed-check = ❌ Login of <b>{ $account }</b> not confirmed
failed-refresh = ❌ The timetable was not read
failed-sync = ❌ Your bookings were not read
uncertain-book = ⚠️ Not sure whether it is booked: <b>{ $name }</b>
uncertain-cancel = ⚠️ Not sure whether it is cancelled: <b>{ $name }</b>
uncertain-advice = The request was sent, but I could not find out how it ended. Have a look at My bookings before you try again.
portal-says = The site says: “{ $text }”
button-cancel-it = ❌ Cancel it
button-again = 🔁 Try again

error-slot-full = It is full: somebody was quicker.
error-already-booked = You already hold this booking.
error-limit-reached = You have reached the number of bookings the site allows.
error-overlap = You have another booking at that time.
error-slot-gone = It is no longer on the timetable.
error-refused = The site refused.
error-too-late = The site no longer allows it: it is too close to the start.
error-not-open-yet = The site does not take bookings for it yet.
error-session-expired = The site ended my login again and again.
error-bad-credentials = The site refused the username, the password or the one-time code. I will not try them again until they are corrected.
error-challenge-unanswered = The site asked for something that only you can answer. Try again when you have a moment for it.
error-portal-down = The site does not work at the moment.
error-network = The site could not be reached.
error-timeout = The site did not answer in time.
error-rate-limited = The site asked for fewer requests. Please wait a while.
error-blocked = The site blocks us for now. I leave it alone for a while.
error-page-changed = The site looks different from what I know, so I stopped. Whoever runs me has been told.
error-worker-lost = The work broke off several times, and I do not know how it ended.
error-expired = There was nobody to do it in time.
error-internal = A fault of mine; it has been written down.

bookings-title = <b>📋 My bookings</b>
bookings-empty = No bookings.
bookings-synced = Read from the site { $age }.
bookings-synced-of = { $account }: read from the site { $age }.
bookings-never-synced = Not yet read from the site.
bookings-never-synced-of = { $account }: not yet read from the site.
bookings-queue = <b>In the queue</b>
button-cancel-booking = ❌ { $name }, { $when }
button-sync = 🔄 Refresh from the site
button-sync-of = 🔄 Refresh { $account }
ask-cancel = Really cancel <b>{ $name }</b>, { $when }?
button-yes-cancel = Yes, cancel it
button-no-keep = No, keep it
booking-gone = That booking is no longer in your list.
not-cancellable = The site no longer offers to cancel this booking.

times-title = <b>🗓️ Timetable</b>

taken-cancelled = Taken back.
taken-requested = I asked for it to stop.
taken-too-late = Too late: it is already on its way to the site. The result will tell.
taken-ended = It had already ended.

status-title = <b>Your last requests</b>
status-empty = You have not asked for anything yet.
status-hint = /status and a number tells all about it.
status-usage = Write /status alone for your last ten requests, or with a number: <code>/status 12</code>
status-unknown = You have no request #{ $id }. /status lists your last ten.
cancel-usage = Write the number of the request too: <code>/cancel 12</code>. /status lists your last ten; bookings are cancelled from /bookings.
cancel-nothing = Request #{ $id } has ended, and there is no booking of it to cancel.
state-pending = in the queue
state-processing = in progress
state-completed-book = booked
state-completed-cancel = cancelled
state-completed-check = the login works
state-completed-refresh = read
state-completed-sync = read
state-failed = failed
state-cancelled = taken back
state-expired = not done in time
name-check = Login check, { $account }
name-refresh = Timetable
name-sync = Bookings
name-cancel = cancel { $name }
about-state = State: <b>{ $state }</b>
about-asked = { $time } asked
about-ended = { $time } ended
about-attempt-ended = { $outcome } after { $duration }
outcome-completed = done
outcome-failed = failed
outcome-cancelled = taken back
outcome-expired = no time left
outcome-pending = to be tried again
outcome-processing = in progress
outcome-lost = broke off
outcome-released = handed back

settings-title = <b>⚙️ Settings</b>
settings-language = Language: English
settings-accounts = <b>Accounts</b>
account-active = ✅ <b>{ $account }</b>
account-suspended = ⚠️ <b>{ $account }</b>: suspended, the site refused the login
account-synced = Bookings read { $age }.
account-never-synced = Bookings not yet read.
button-check = 🔑 Check the login: { $account }
language-changed = I speak English now.

notice-account-suspended =
    ⚠️ The site refused the login of <b>{ $account }</b>. So as not to lock the account I will not try again.

    Change what is wrong; whatever waits for it goes on then.
notice-booking-gone = ℹ️ <b>{ $name }</b>, { $when }, is no longer among your bookings on { $portal }. It was not me.
notice-page-changed = 🛠 { $portal } looks different from what I know (#{ $id }).
notice-rate-limited = 🛠 { $portal } asked for fewer requests (#{ $id }). I leave it alone for a while.
notice-blocked = 🛠 { $portal } blocks us (#{ $id }). I leave it alone for a while.
notice-looked-for = Looked for and not found: <code>{ $text }</code>
notice-evidence = Kept: <code>{ $path }</code>
ping-book = { $outcome } ↑ { $name }, { $when }
ping-other = { $outcome } ↑ { $what }

## Conversations
talk-hint = Pick one of the buttons above, or leave with /cancel.
talk-left = All right, never mind. Nothing was saved.
talk-secret-stays = ⚠️ I cannot delete your message from the chat: please delete it yourself, as it holds a secret.
talk-unanswered = ✖️ Left unanswered.
talk-too-late = That was more than an hour ago, so I have deleted your message unread. Please start again.

## Recurring bookings


## Questions about recurring bookings


## Booking ahead and watching


## Accounts
command-accounts = Your logins for the sites
button-accounts = 🔑 Accounts
button-account = 🔑 { $account }
button-add-account = ➕ Add an account
button-stop = ✖️ Stop
button-no-second-factor = There is no second factor
button-use-again = ▶️ Use it again
button-check-login = 🔎 Check the login
button-change-password = 🔒 Change the password
button-change-otpauth = 📱 Change the second factor
button-rename = ✏️ Rename
button-suspend = ⏸ Suspend
button-remove = 🗑 Remove
button-yes-remove = Yes, remove it
button-no-remove = No, keep it
accounts-title = <b>🔑 Accounts</b>
accounts-none = None yet. With an account I log in for you and book.
account-line = <b>{ $account }</b>
account-is-active = In use.
account-is-portal = The site refused the login: nothing is done until that is mended.
account-is-user = Suspended by you: nothing is done with it.
advice-portal = Change what is wrong, or check the login once it works on the site again.
advice-user = What you asked for waits, and goes on when you use it again.
account-renamed = ✏️ Renamed.
account-removed = 🗑 <b>{ $account }</b> is removed.
account-gone = This account no longer exists.
ask-portal =
    <b>➕ New account</b>

    For which site?
ask-username =
    What is your user name on { $portal }?
ask-password =
    What is your password on { $portal }?

    I delete your message as soon as I have read it, and keep the password encrypted.
ask-polimisport-username =
    <b>➕ New account: Polimisport</b>

    What is your Codice Persona? It has 8 digits.
ask-polimisport-password =
    🔒 What is the password of your Codice Persona?

    I delete your message as soon as I have read it, and keep the password encrypted.
ask-otpauth =
    📱 Does { $portal } also ask you for a code from an app?

    Then send me one of these; I delete your message as soon as I have read it:
    • a photo or screenshot of the QR code that you scanned to set up the app
    • the address that begins with <code>otpauth://</code>
    • the secret, such as <code>JBSW Y3DP EHPK 3PXP</code>
ask-name = ✏️ What shall <b>{ $account }</b> be called?
name-bad = ⚠️ That does not fit: please write at most 30 characters.
name-taken = ⚠️ You have another account of that name on this site.
field-bad-kind = ⚠️ Please write it as text.
field-bad-text = ⚠️ That cannot be right: it should be one line, not that long.
field-bad-format = ⚠️ That does not look right. It should look like <code>{ $example }</code>.
field-bad-photo = ⚠️ I cannot make out a QR code. Take the picture straight from the front, sharp and with the whole code on it, or send the secret as text.
field-bad-code = ⚠️ That QR code is of something else. I need the one that sets up the codes in your app.
field-bad-download = ⚠️ I could not get that picture. Please send it again, at most 5 MB.
otpauth-not-a-secret = ⚠️ That is no secret: one has only the letters A–Z and the digits 2–7, and none may be missing.
otpauth-code = ⚠️ That looks like a code of the moment. I need the secret behind it, to make the codes myself.
otpauth-not-totp = ⚠️ That address is of another kind, or its secret is damaged. I need one that begins with <code>otpauth://totp/</code>.
otpauth-export = ⚠️ From an export I can take exactly one account with codes that change with time. Export only this one.
login-taken = ⚠️ Somebody else here has added this login already. One login has one owner.
login-yours = You have added this login already, as <b>{ $account }</b>. You can change its password there.
suspended-hint-user = ⏸ You have suspended <b>{ $account }</b>. I do nothing with it until you use it again.
wait-suspended-user = ⏸ It waits: you have suspended { $account }.
ask-remove = 🗑 Really remove <b>{ $account }</b>?
remove-goes = With it go:
remove-login = • the password and the saved login
remove-rules = { $n ->
    [one] • { $n } recurring booking
   *[other] • { $n } recurring bookings
}
remove-queue = { $n ->
    [one] • { $n } request in the queue
   *[other] • { $n } requests in the queue
}
remove-stays = Bookings on the site stay as they are; I only forget them, and what I did with this account.
remove-busy = ⏳ Something is on its way to the site with this account right now. I have asked it to stop: try again in a minute.


## Users, invitations, first steps


## Calendar, history, reasons


## The week


## Quick booking by text


## Settings

