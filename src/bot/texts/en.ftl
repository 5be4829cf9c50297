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

    <b>How do I book?</b>
    /book: day, class, done. Or write “yoga mon 18”.

    <b>How do I cancel?</b>
    /bookings, then ❌ at the class.

    <b>The same class every week?</b>
    /recurring: I ask you before each one, or just book it.

    <b>Not open yet, or full?</b>
    Ask for it all the same: I book it the moment it opens, or wait for a place.

    <b>Is my password safe?</b>
    It is kept encrypted by whoever runs me, and only logs in for you. /leave deletes it.

    /start opens the menu, /stats tells how well it goes, / lists all commands.
unknown-text = I did not get that. Press a button, or write a class, a day and a time:
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
age-seconds = { $n } seconds ago
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
slot-seen-at = Seen { $time } ({ $age }).
look-under-way = 🔄 Looking at the site…
look-failed = ⚠️ I could not look at the site.
look-fresh = Seen { $age }: that is as fresh as it gets. I look at a class at most every 45 seconds.
button-look = 🔄 Look again
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
wait-opens = 🔒 Opens { $opens }: I’ll book it then.
wait-no-worker = 💤 Nobody is working right now; it will run as soon as the worker is back.
wait-suspended = ⚠️ It waits: the site refused the login of { $account }. Mend it with /accounts.
wait-cooled = ⏸ The site asked for quiet; going on at { $time }.
taking-back = ↩️ Taking it back…
button-take-back = ↩️ Take it back

done-book = ✅ Booked: <b>{ $name }</b>
booked-unpaid = 💶 The site wants it paid: do that there, or it may be lost.
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
waiting-place-given-back = The site put you on its waiting list instead; I have taken you off again.
waiting-place-kept = The site put you on its waiting list instead, and I could not take you off: please do so there.
portal-says = The site says: “{ $text }”
button-cancel-it = ❌ Cancel it
button-again = 🔁 Try again

error-slot-full = It is full: somebody was quicker.
error-already-booked = You already hold this booking.
error-limit-reached = You have reached the number of bookings the site allows.
error-overlap = You have another booking at that time.
error-no-subscription = The subscription of this account does not cover it.
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
account-active = ✅ <b>{ $account }</b>
account-suspended = ⚠️ <b>{ $account }</b>: suspended, the site refused the login
account-synced = Bookings read { $age }.
account-never-synced = Bookings not yet read.
language-changed = I speak English now.

notice-account-suspended =
    ⚠️ The site refused the login of <b>{ $account }</b>. So as not to lock the account I will not try again.

    Change what is wrong; whatever waits for it goes on then.
notice-booking-gone = ℹ️ <b>{ $name }</b>, { $when }, is no longer among your bookings on { $portal }. It was not me.
notice-waiting-place = ⚠️ <b>{ $name }</b>, { $when }, is full, and the site has put your account <b>{ $account }</b> on its waiting list. I could not take it off: please do so on the site, or you may get the class without wanting it any more.
notice-plan-cancelled = ℹ️ <b>{ $by }</b> does not need <b>{ $name }</b>, { $when }, on your account <b>{ $account }</b>: I cancel it.
notice-plan-gone = ℹ️ <b>{ $name }</b> is no longer here, and their plan for { $day } has ended. What it booked with your account stays booked:
notice-plan-late = ℹ️ <b>{ $name }</b>, { $when }, is booked with the account <b>{ $account }</b> after all, though its plan has ended. The plan shows whether it is needed, and how to cancel it.
notice-page-changed = 🛠 { $portal } looks different from what I know (#{ $id }).
notice-rate-limited = 🛠 { $portal } asked for fewer requests (#{ $id }). For a while I only book there.
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
button-rule-times = ⏱ When I ask
rule-times-title = ⏱ <b>{ $name }</b>
rule-lead-about = How long before bookings open shall I ask?
rule-lead-usual = As in my settings
rule-keep-about = How long before the class shall I ask, and when shall I cancel if you do not answer?
rule-keep = Ask { $ask } h before, cancel { $cancel } h before
button-rule-new = ➕ New recurring booking
button-every-week = 🔄 Every week
button-rule-mode = ⚙️ How it is booked
button-rule-pause = ⏸ Pause
button-rule-resume = ▶️ Resume
button-rule-skip = ⏭️ Skip the next one
button-rule-delete = 🗑 Delete
button-yes-delete = Yes, delete it
button-mode-ask = 🙋 Ask first
button-mode-automatic = ⚡ Book by itself
button-mode-book-then-ask = 🔔 Book, then ask
button-pause-open = Until I resume it
button-save = 💾 Save
button-start-over = ✏️ Start over
button-leave = ✖️ Never mind
rules-title = <b>🔄 Recurring bookings</b>
rules-empty = None yet. With a recurring booking I take care of a class every week: I ask you first, or book it by myself.
rule-every = Every { $day }, { $time }
rule-named = { $name }
rule-account = Account: { $account }
rule-paused = Paused until you resume it.
rule-paused-until = Paused; goes on { $day }.
rule-never = It does not come again.
rule-next = Next: { $day } – { $what }
rule-last = Last: { $day } – { $what }
rule-soon = in a moment
rule-will-ask = I ask you { $time }
rule-will-book = I book it { $time }
rule-changed = Saved.
rule-deleted = Deleted.
rule-skipped = Skipped: { $day }
rule-not-skipped = { $day } is booked already, or on its way. Cancel it in My bookings.
rule-saved = ✅ Saved.
rule-there-already = You have this one already:
rule-new-title = <b>➕ New recurring booking</b>
rule-summary = 🔄 <b>{ $name }</b>: shall I save it?
ask-day = On which day? /cancel leaves.
ask-time = { $day }, at what time? Press it, or write it, such as 18:30.
ask-time-typed = { $day }, at what time? Write it, such as 18:30.
ask-time-again = I need a time, such as 18:30.
ask-course = { $day }, { $time }: which class? Press it, or write its name.
ask-course-typed = { $day }, { $time }: which class? Write its name as it stands on the site.
ask-location = Where does it take place?
ask-delete-rule = Really delete <b>{ $name }</b>? Bookings already made stay.
modes-title = How shall I go about it?
mode-ask = 🙋 <b>Ask first</b>: I ask before bookings open, and book when you confirm.
mode-automatic = ⚡ <b>By itself</b>: I book as soon as it opens, and tell you.
mode-book-then-ask = 🔔 <b>Book, then ask</b>: I book as soon as it opens, ask you some hours before the class, and cancel if you do not answer.
pauses-title = Pause <b>{ $name }</b> until when?
occurrence-is-asked = waiting for your answer until { $until }
occurrence-is-booked = booked
occurrence-is-failed = not booked
occurrence-is-queued = I book it { $time }
occurrence-is-skipped = skipped
occurrence-is-expired = skipped, no answer
occurrence-is-dropped = cancelled
occurrence-is-missing = not on the timetable
occurrence-is-void = nothing booked
occurrence-is-late = too late for this one
command-recurring = Bookings that repeat every week
button-pause-weeks = { $n ->
    [one] { $n } week, until { $day }
   *[other] { $n } weeks, until { $day }
}


## Questions about recurring bookings
question-book = 🔄 Shall I book <b>{ $name }</b>?
question-opens = Bookings open { $opens }.
question-full = 🔴 It is full at the moment. If you confirm I try all the same, and can wait for a place.
question-deadline = Answer by <b>{ $deadline }</b>, or I skip it this time.
question-moved = ⏱ It has moved from { $from } to <b>{ $to }</b>. Shall I follow?
question-keep = 🔔 Will you go to <b>{ $name }</b>?
question-keep-deadline = It is booked. Answer by <b>{ $deadline }</b>, or I cancel it so that somebody else gets the place.
button-confirm = ✅ Confirm
button-skip = ⏭️ Skip
button-pause-rule = ⏸ Pause these bookings
button-follow = ✅ Follow, from now on
button-this-time = This time only
button-keep = ✅ I’ll go
button-drop = ❌ Cancel it
button-book-anyway = 📅 Book it after all
occurrence-skipped = ⏭️ Skipped this time: <b>{ $name }</b>
occurrence-expired = ⌛ Skipped, as I had no answer in time: <b>{ $name }</b>
occurrence-kept = ✅ Your booking stands: <b>{ $name }</b>
occurrence-dropped = ↩️ To be cancelled: <b>{ $name }</b>
occurrence-missing = 🏖 Not on the timetable this week: <b>{ $name }</b>
occurrence-void = This question is settled: <b>{ $name }</b>
expired-hint = You can still book it, if there are places.
missing-hint = Nothing is booked. Next week I look again.
kept-unasked = There was no time left to ask you, so I left it as it is.
answered-confirm = All right, I’ll book it.
answered-follow = All right, from now on at the new time.
answered-skip = Skipped this time.
answered-keep = Enjoy it!
answered-drop = I’m cancelling it.
answered-pause = Paused. Nothing is booked until you resume it.
answered-late = Too late for this answer. See below what can still be done.
answered-before = This was answered already.


## Booking ahead and watching
button-book-ahead = 🔔 Book it when it opens ({ $opens })
button-watch-book = 👀 Book it if a place frees up
button-watch-tell = 🔔 Just tell me if a place frees up
button-stop-watching = ⏹ Stop watching
open-watch-book = 👀 Waiting for a place in <b>{ $name }</b>
open-watch-tell = 👀 Watching <b>{ $name }</b>
watch-promise-book = It is full. I look every few minutes and book the first place that frees up, until it begins.
watch-promise-tell = It is full. I look every few minutes and tell you when a place frees up, until it begins.
watch-looked = Last looked { $time }: still full.
watch-not-yet = I have not looked yet.
place-free = 🟢 A place is free: <b>{ $name }</b>
ping-free = { $outcome } A place is free ↑ { $name }, { $when }
place-free-hint = Be quick: I have not booked anything.
watch-ended = ⌛ No place has freed up: <b>{ $name }</b>
state-place-free = a place was free
state-watching = watching
step-waiting-for-opening = logged in, waiting for the opening
step-taking-aim = about to open: comparing clocks with the site


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
check-later = Change what is wrong. If it works on the site as it is, I can check it again from { $time }: too many tries may lock it.
advice-user = What you asked for waits, and goes on when you use it again.
account-renamed = ✏️ Renamed.
account-removed = 🗑 <b>{ $account }</b> is removed.
account-gone = This account no longer exists.
ask-portal =
    <b>➕ New account</b>

    For which site?
ask-username =
    <b>➕ New account: { $portal }</b>

    { $question }
ask-username-plainly = What is your user name there?
ask-password =
    🔒 { $question }

    I delete your message as soon as I have read it, and keep the password encrypted.
ask-password-plainly = What is your password there?
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
first-steps =
    👋 Hi { $name }! I book your classes on the site and tell you how it went.

    Three short steps:
    1️⃣ Add your account on the site
    2️⃣ Choose a class
    3️⃣ Done: I book it and tell you
button-first-account = ➕ Add my account
first-class = Now book your first class!
button-first-class = 📅 Book my first class
button-week = 🖼 My week
arrived-member = 🎉 You are in!
arrived-owner =
    👑 You are the owner of this bot now.

    /invite lets somebody in, /users shows who is there.
already-in = You are already in: you need no link.

invitation =
    🎟 <b>An invitation for one person</b>

    { $link }

    Whoever opens it first can use me. It holds for three days, until { $until }.
invitation-pass-on = This bot books classes for me. Open the link and press Start:
button-share = 📤 Share
button-revoke = 🚫 Revoke
invitation-revoked = 🚫 Revoked: the link no longer opens anything.
invitation-over = This invitation is no longer open: it was used, revoked, or has expired.

users-title = <b>👥 Who uses me</b>
user-line = • <b>{ $name }</b>, since { $since }, { $accounts ->
    [0] no account
    [one] { $accounts } account
   *[other] { $accounts } accounts
}
user-line-owner = • 👑 <b>{ $name }</b>, since { $since }, { $accounts ->
    [0] no account
    [one] { $accounts } account
   *[other] { $accounts } accounts
}
user-blocked = · 🔕 has blocked me
user-unnamed = somebody who has not written yet
users-invites = { $n ->
    [one] 🎟 One invitation is open.
   *[other] 🎟 { $n } invitations are open.
}
button-users = 👥 Who uses me
button-user = 👤 { $name }
button-invite = ➕ Invite somebody
button-revoke-listed = 🚫 Revoke the invitation of { $made }
ask-remove-user = 🗑 Remove <b>{ $name }</b>? This deletes for good:
ask-remove-tells = I tell them, and then no longer know them.
button-yes-remove-user = Yes, remove and delete
button-no-keep-user = No, keep
user-removed = ✅ <b>{ $name }</b> is removed, with everything of theirs.
user-gone = They are no longer here.
removal-busy = Not now: a request of { $name } is on its way to the site. Try again in a minute.
removal-owner = The owner stays.
farewell-removed = 👋 The owner of this bot has removed you. All I had of you is deleted, your password too. What is booked on the site stays booked.
deletes-accounts = { $n ->
    [one] • the account, with its password
   *[other] • { $n } accounts, with their passwords
}
deletes-rules = { $n ->
    [one] • one recurring booking
   *[other] • { $n } recurring bookings
}
deletes-waiting = { $n ->
    [one] • one request that still waits
   *[other] • { $n } requests that still wait
}
deletes-rest = • the history and all settings
deletes-not-booked = { $n ->
    [one] One booking on the site stays booked.
   *[other] { $n } bookings on the site stay booked.
}

ask-leave = 🗑 <b>Delete your data and leave?</b> This deletes for good:
button-delete-data = 🗑 Delete my data
ask-leave-sure =
    ⚠️ <b>Really sure?</b>

    There is no way back: to return you need a new invitation.
button-no-stay = No, I stay
button-leave-now = 🗑 Yes, delete everything now
left = 👋 Done: all I had of you is deleted. What is booked on the site stays booked. All the best!
leave-busy = Not now: a request of yours is on its way to the site. Try again in a minute.
leave-owner = 👑 You are the owner: without you nobody could look after me, so you stay. Your accounts you can remove one by one in /accounts.

notice-user-joined = 🎉 <b>{ $name }</b> has opened your invitation and is in.
notice-user-left = 👋 <b>{ $name }</b> has left and deleted all their data.
limit-reached = That is a lot: { $n } requests within an hour. I take the next one from { $time }.
command-invite = Invite somebody
command-users = Who uses me


## Calendar, history, reasons
calendar-booked-on = Booked on { $portal }.
calendar-account = Account: { $account }
calendar-all =
    📆 { $n ->
        [one] { $n } booking
       *[other] { $n } bookings
    } for your calendar: open the file to add { $n ->
        [one] it
       *[other] them
    }. A newer file brings the same bookings up to date.
calendar-one = 📆 <b>{ $name }</b>, { $when }: open the file to add it to your calendar.
calendar-empty = 📆 You have no bookings ahead, so there is nothing to put into a calendar.
button-to-calendar = 📆 Add to calendar
button-calendar = 📆 Calendar
button-history = 🕘 History
command-calendar = All my bookings for my calendar
command-history = What I have booked and cancelled
command-why = Why it did not work: /why 12
history-title = <b>🕘 History</b>
history-empty = Nothing here yet.
history-legend = ✅ booked · ↩️ cancelled · ❌ not done · ⚠️ not sure
history-cut = These are the newest { $n }; older ones are left out.
history-filter-all = Everything
history-filter-booked = ✅ Booked
history-filter-cancelled = ↩️ Cancelled
history-filter-not-done = ❌ Not done
history-all-accounts = All accounts
history-file = 🕘 Your history: { $n ->
    [one] { $n } entry
   *[other] { $n } entries
}.
button-history-csv = 📄 Excel (CSV)
button-history-json = 📄 JSON
button-why = 🔍 Why?
why-usage = Write /why alone for what failed last, or with a number: <code>/why 12</code>
why-nothing-failed = 👍 Nothing you asked for has failed.
why-asked = Asked for: { $time }
why-never-tried = I never got round to trying it.
why-no-try = I have not tried it yet.
why-tries = { $n ->
    [one] I tried once:
   *[other] I tried { $n } times:
}
why-tries-left-out = { $n ->
    [one] • (an earlier one is left out)
   *[other] • ({ $n } earlier ones are left out)
}
why-try-completed = It worked.
why-try-failed = It did not work.
why-try-cancelled = You took it back.
why-try-expired = There was no time left.
why-try-pending = It did not work yet.
why-try-processing = In progress.
why-at-it = I am at it right now.
why-try-lost = The work broke off, and I do not know how far it had got.
why-try-released = I had to stop, and left it for the next try.
why-taken-back = You took it back.
why-went-well = So it went well in the end.
why-advice = <b>What you can do</b>
why-picture = 📷 What I saw last. Passwords and codes are covered.
why-picture-gone = 📷 A picture of the page was kept, but I no longer have it: pictures stay for some days on the machine that did the work.
advice-full = Let me watch it: I book it, or tell you, when a place frees up. Or pick another class.
advice-booked = Nothing: you find it under My bookings.
advice-make-room = Cancel a booking that you do not need, then try again.
advice-subscribe = See on the site what your subscription covers. Once it does, try again; else pick something else.
advice-other = Pick another class that day.
advice-refused = See what the site says. Try again, or pick another class.
advice-later = Wait a while, then try again.
advice-again = Try again: often it works the next time.
advice-login = Change the password under /accounts; until then I do not try it again.
advice-answer = Try again when you have a minute to answer the site’s question.
advice-on-the-site = Do it on the site itself this time. Whoever runs me has been told, and can put me right.
advice-over = Nothing any more: it has already begun.


## Statistics

command-stats = How often it works, and how fast
stats-title = <b>📊 How well it goes</b>
stats-account-title = <b>📊 { $account }</b>
stats-period = in the last { $days } days
stats-nothing = Nothing yet.
stats-no-bookings = No bookings yet.
stats-type-book = Bookings
stats-type-cancel = Cancellations
stats-type-check = Logins
stats-type-sync = Reading bookings
stats-type-refresh = Reading timetables
stats-rate = <b>{ $what }</b>: { $percent }% ({ $done } of { $n })
stats-uncounted = <b>{ $what }</b>: nothing to count yet
stats-lost = { $n } won by others
stats-refused = { $n } refused
stats-wrong = { $n } went wrong
stats-taken-back = { $n } taken back
stats-expired = { $n } ran out of time
stats-took = ⏱ Done in { $median }, 9 in 10 within { $p90 }
stats-attempt = ⚙️ Work: { $median }, 9 in 10 within { $p90 }
stats-reason = • { $n } × { $reason }
stats-shots = <b>🎯 At the opening</b>: { $percent }% ({ $won } of { $n })
stats-late = Arrived at best { $best }, usually { $median }
stats-early = Arrived too early, usually { $median }
stats-answer = Answered in { $best } ms at best, usually in { $median } ms
stats-after = { $n } ms after it
stats-before = { $n } ms before it
button-stats-account = 🔑 { $percent }% · { $account }
button-stats-days = { $n } days

## The week
command-week = Your week as a picture
week-title = Your week
week-today = Today
week-booked = Booked
week-waiting = In the queue
week-recurring = Recurring, not booked yet
week-free = Free places
week-free-more = { $n } more with free places
week-free-only = { $n ->
    [one] { $n } class with free places
   *[other] { $n } classes with free places
}
week-more-own = { $n } more of yours
week-opens = { $n ->
    [one] { $n } class, opens { $opens }
   *[other] { $n } classes, open { $opens }
}
week-empty-title = Nothing planned yet
week-empty-hint = Send /book and pick a class: I’ll do the rest.
week-unnamed = Class
week-caption = <b>📆 Your week</b>, { $range }
week-count-booked = { $n } booked
week-count-waiting = { $n } in the queue
week-count-recurring = { $n } recurring
button-this-week = ◀ This week
button-next-week = Next week ▶
button-week-light = 🌗 Light
button-week-dark = 🌗 Dark



## Quick booking by text
quick-choose = { $n ->
    [one] Do you mean this one?
   *[other] Which one do you mean?
}
quick-no-name = There is no class called “{ $name }” on the timetable.
quick-no-day = <b>{ $name }</b> is not on the timetable for { $day }.
quick-no-time = <b>{ $name }</b> does not begin at that time.
quick-past = <b>{ $name }</b> has already begun.
quick-nothing-day = There are no classes on the timetable for { $day }.
quick-nothing-time = No class begins at that time.
quick-nothing-ahead = That has already begun.
quick-nearest = This comes nearest:
quick-then = At that time there is:
quick-help =
    Write me what you would like to book, for example:
    <code>{ $example }</code>
quick-like = Write me for example <code>{ $example }</code>


## Settings
settings-quiet = Quiet hours: { $hours }
settings-notices = { $n ->
    [0] Notices: all on
    [one] Notices: one switched off
   *[other] Notices: { $n } switched off
}
settings-lead = Questions: { $time } before the booking
button-language = 🌐 Language
button-quiet = 🌙 Quiet hours
button-notices = 🔔 Notices
button-lead = ⏱ Questions
quiet-none = none
quiet-about = In these hours I make no sound and ask nothing: questions come before, or wait until after.
button-quiet-other = ✏️ Other hours
button-quiet-off = Off
ask-quiet = From when to when shall I be quiet? Write it like <code>22:30-7:15</code>
quiet-wrong = I need two times of the day, a beginning and an end.
notices-about = Press to switch one on or off. Questions, failures and trouble with an account always reach you.
notices-ping = A late result is there
notices-booking-gone = A booking is gone from the site
notices-recurring = A recurring booking worked
lead-about = So long before a recurring booking I ask whether you still want it. A recurring booking can have a time of its own.
lead-minutes = { $n } min
lead-hours = { $n } h


## Plans
button-plans = 🎯 Plans
command-plan = Several hours in a row, with several accounts
help-plans =
    <b>Several hours in a row?</b>
    /plan: with your account and your friends’, each hour the moment it opens.
plans-title = <b>🎯 Plans</b>
plan-about = A plan books several hours in a row on one day, with your account and other people’s.
    Each hour is tried the moment it opens, in the places you like, in your order.
plan-shared = uses your account
button-plan-new = ➕ New plan
button-plans-back = ‹ Plans
plan-new-title = <b>🎯 New plan</b>
plan-ask-portal = On which site?
plan-ask-date = Which day? Press it, or write it, such as 24/11.
plan-date-again = I need a day from today on, such as 24/11.
plan-ask-from = { $day }: from what time? Press it, or write both ends, such as 13-18.
plan-window-again = { $day }: I need whole hours that are still ahead, such as 13-18.
plan-ask-to = From { $from } until what time?
plan-ask-hours = How many hours in a row, within { $span }?
plan-hours-button = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
plan-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours in a row
}
plan-hours-or = { $n } hours in a row, or { $least }
plan-ask-fallback = If { $n } hours in a row cannot be had, will { $least } do?
button-plan-fewer = { $n ->
    [one] Yes, { $n } hour will do
   *[other] Yes, { $n } hours will do
}
button-plan-all = No, { $n } hours or nothing
plan-ask-places = Where? Press the places in the order you prefer. ⚙️ sets the parts of a place, and how many accounts (👥) may try there at once.
button-plan-next = Next ›
plan-ask-parts = Press a part to leave it out; press it again to put it last.
plan-ask-tries = { $n ->
    [one] 👥 { $n } account tries for each hour here.
   *[other] 👥 Up to { $n } accounts try for each hour here. If several get one, I cancel the surplus at once.
}
plan-tries = { $n ->
    [one] { $n } account tries
   *[other] up to { $n } accounts try
}
plan-ask-accounts = With which accounts? Press them in the order in which they should try.
plan-others = I ask other people before I use theirs.
plan-needs = An account can hold one hour a day in each place: { $n } hours in one place need { $n } accounts.
plan-summary-title = <b>🎯 Shall I start this plan?</b>
plan-change-title = <b>✏️ What shall change?</b>
plan-opens = ⏳ First opening: { $place }, { $opens }.
plan-opens-now = ⏳ { $place } is open already: I begin at once.
plan-asks = 🤝 I ask { $names } first, and use no account whose owner has not accepted.
plan-spread = { $n ->
    [one] ⚠️ { $n } account for { $hours } hours: each hour has to be in another place.
   *[other] ⚠️ { $n } accounts for { $hours } hours: not all of them can be in one place.
}
plan-only-fewer = ⚠️ Too few for all hours: { $n ->
    [one] { $n } account
   *[other] { $n } accounts
} and { $places ->
    [one] { $places } place
   *[other] { $places } places
} give { $most } at most.
plan-hopeless = ❌ This cannot work: { $n ->
    [one] { $n } account
   *[other] { $n } accounts
} and { $places ->
    [one] { $places } place
   *[other] { $places } places
} give { $most ->
    [one] { $most } hour
   *[other] { $most } hours
} at most. Add an account or a place.
button-plan-start = ▶️ Start
button-plan-date = ✏️ Day
button-plan-window = ✏️ Time
button-plan-hours = ✏️ Hours
button-plan-places = ✏️ Places
button-plan-accounts = ✏️ Accounts
button-plan-fallback = ✏️ Fewer hours
plan-started = ✅ Started. This message shows how it goes.
plan-changed = ✅ Changed.
plan-begun = It has begun, and cannot be changed any more.
plan-gone = This plan is no longer there.
plan-cannot-late = ❌ Too late: not enough hours are left in that time.
plan-cannot-overlapping = ❌ One of these accounts is in another plan for that day. Choose other accounts, or stop that plan.
plan-cannot-unknown-account = ❌ One of these accounts is no longer there. Choose the accounts again.
plan-of = A plan of <b>{ $name }</b>
plan-is-waiting = Waiting for the first opening
plan-is-open = Under way
plan-is-stopping = Stopping: I wait for what is on its way
plan-is-full = { $n ->
    [one] ✅ Booked: { $span }
   *[other] ✅ { $n } hours booked: { $span }
}
plan-is-fewer = ✅ { $n } of { $of } hours: { $span }
plan-is-failed = { $n ->
    [one] ❌ No hour could be had
   *[other] ❌ No { $n } hours in a row could be had
}
plan-is-stopped = ⏹ Stopped
plan-waits-for = 🤝 Waiting for an answer from { $names }.
plan-too-few = { $n ->
    [0] ⚠️ No account may be used yet.
    [one] ⚠️ Only { $n } account may be used so far: too few.
   *[other] ⚠️ Only { $n } accounts may be used so far: too few.
}
plan-leftovers = 🔸 Also held, beside the hours in a row. Shall I cancel it?
plan-left-theirs = 🔸 { $what }: its owner no longer agrees, so only they can cancel it.
plan-hour-opens = opens { $opens }
plan-hour-open = open, its turn comes
plan-hour-over = already begun
plan-hour-needless = not needed
plan-hour-hopeless = not tried: too few hours or accounts were left
plan-hour-stopped = not tried, stopped
plan-left-over = { $slot } (extra)
plan-given-open = { $slot }: being cancelled
plan-given-done = { $slot }: cancelled
plan-try-taken = { $place } full
plan-try-limit = { $place }: limit reached
plan-try-overlap = { $place }: something else booked then
plan-try-no-subscription = { $place }: no subscription
plan-try-refused = { $place }: refused
plan-try-auth-failed = { $place }: login refused
plan-try-failed = { $place }: the site failed
plan-try-stopped = { $place }: stopped
plan-try-unknown = ⚠️ { $place }: not sure, look at the site
plan-barred-unusable = { $place }: nobody may try
plan-barred-mixed = { $place }: nobody could try
plan-barred-auth-failed = { $place }: login refused
plan-barred-hour = { $place }: all booked elsewhere then
plan-barred-place = { $place }: everybody has an hour there
plan-barred-no-subscription = { $place }: no subscription
plan-bar-unusable = not accepted, or suspended
plan-bar-auth-failed = login refused
plan-bar-hour = something else booked then
plan-bar-place = has an hour there
plan-bar-no-subscription = no subscription
button-plan-change = ✏️ Change
button-plan-stop = ⏹ Stop it
button-plan-again = 🔁 Again, another day
button-plan-details = 🔍 Details
button-plan-cancel = ❌ { $what }
button-plan-consent = 🤝 My answer: { $account }
plan-ask-stop = Really stop the plan for <b>{ $when }</b>?
plan-stop-about = I try nothing more. What is booked stays; you can then cancel it here.
button-plan-stop-yes = ⏹ Yes, stop it
button-plan-stop-no = No, go on
plan-stop-stopping = Stopped: I try nothing more.
plan-stop-ended = It had already ended.
plan-left-queued = I cancel it.
plan-left-gone = It is not booked any more.
plan-left-owner-only = Its owner no longer agrees: only they can cancel it.
plan-details-none = Nothing tried yet.
plan-tried-open = on its way
plan-tried-won = booked
plan-tried-given-open = booked, being cancelled
plan-tried-given-done = booked, then cancelled
plan-tried-given-failed = booked; it could not be cancelled
plan-tried-taken = full
plan-tried-limit = limit reached
plan-tried-overlap = something else booked then
plan-tried-no-subscription = no subscription
plan-tried-refused = refused
plan-tried-auth-failed = login refused
plan-tried-failed = the site failed
plan-tried-stopped = stopped
plan-tried-unknown = ⚠️ not sure; look at the site
plan-consent = 🤝 <b>{ $name }</b> would like to use your account <b>{ $account }</b> for a plan:
plan-consent-about = If you accept, I log in as you and book up to one hour in each place. What is not needed I cancel at once.
plan-consent-accepted = ✅ You have accepted.
plan-consent-refused = ✖️ You have refused: your account is not used.
plan-consent-until = You can change your mind until it ends.
plan-consent-over = It has ended.
button-plan-accepted = ✅ Accept
button-plan-refused = ✖️ Refuse
button-plan-show = 🎯 Show the plan
plan-answer-accepted = Accepted. Thank you!
plan-answer-refused = Refused: your account is not used.
plan-answer-late = It has already ended.
plan-answer-overlapping = This account is in another plan for that day already.
plan-answer-changed = The plan has changed. Please read it again, then answer.
shots-title = <b>🎯 Fired at the opening</b>
shot-title = 🎯 Fired at the opening, in ms:
shot-sent = ready { $armed } · sent { $fired } ms
shot-answered = arrived { $late } · answered { $answered } ms
shot-clock = { $n ->
    [one] clock { $offset } ± { $error } ms · { $n } request
   *[other] clock { $offset } ± { $error } ms · { $n } requests
}
