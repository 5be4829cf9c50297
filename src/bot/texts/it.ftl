menu-title =
    👋 Ciao { $name }!

    Prenoto le tue lezioni sul sito e ti dico com'è andata. Che cosa vuoi fare?
button-new-booking = 📅 Nuova Prenotazione
button-bookings = 📋 Le Mie Prenotazioni
button-timetable = 🗓️ Orari Corsi
button-recurring = 🔄 Prenotazioni Periodiche
button-settings = ⚙️ Impostazioni
button-menu = ‹ Menu
button-back = ‹ Indietro
help =
    <b>Che cosa so fare</b>

    /book – prenota una lezione: giorno, corso, fatto
    /bookings – le tue prenotazioni; da lì si disdice
    /timetable – tutti i corsi con i posti liberi
    /status – le tue ultime dieci richieste; /status 12 dice tutto sulla #12
    /cancel 12 – ritira la richiesta #12, o disdice la prenotazione che ha fatto
    /refresh – rilegge gli orari dal sito
    /start – il menu

    Rispondo subito e lavoro in disparte: il messaggio mostra a che punto sono.
recurring-soon = 🔄 Le prenotazioni periodiche arriveranno presto.
unknown-text = Funziono con pulsanti e comandi. Scegline uno:
unknown-command = Non conosco questo comando. Ecco che cosa so fare:
outdated = Questo pulsante non è più attuale. Premi /start per un menu nuovo.
trouble = Qualcosa è andato storto da parte mia. Riprova, per favore.

command-start = Il menu
command-book = Prenota una lezione
command-bookings = Le mie prenotazioni, e disdire
command-timetable = Corsi e posti liberi
command-status = Le mie richieste; con un numero: tutto su quella
command-cancel = Ritira una richiesta: /cancel 12
command-refresh = Rileggi gli orari
command-help = Che cosa so fare

date-today = oggi, { $date }
date-tomorrow = domani, { $date }
age-now = proprio ora
age-minutes = { $n ->
    [one] { $n } minuto fa
   *[other] { $n } minuti fa
}
age-hours = { $n ->
    [one] { $n } ora fa
   *[other] { $n } ore fa
}
age-days = { $n ->
    [one] { $n } giorno fa
   *[other] { $n } giorni fa
}

no-account = Qui non hai ancora un account, quindi non ho niente con cui accedere. Aggiungi il tuo: basta un minuto.
choose-account = Per quale account?
suspended-hint = ⚠️ Il sito ha rifiutato l'accesso di <b>{ $account }</b>. Non riprovo finché non è sistemato.
days-title =
    <b>📅 Nuova prenotazione</b>

    Quale giorno?
button-day = { $n ->
    [one] { $day } · { $n } corso
   *[other] { $day } · { $n } corsi
}
timetable-empty = Non ho ancora corsi da mostrare. Leggo gli orari dal sito?
timetable-seen = Orari letti { $age }.
day-title = <b>{ $day }</b>
day-empty = <b>{ $day }</b>: non ci sono più corsi.
legend = 🟢 libero · 🔒 non ancora aperto · 🔴 pieno · ⚪ chiuso · ✅ tuo
spots = { $n ->
    [0] pieno
    [one] { $n } posto
   *[other] { $n } posti
}
slot-instructor = con { $name }
slot-seen = Visto { $age }.
can-book = 🟢 Puoi prenotarlo adesso.
cannot-past = ⚪ È già cominciato.
cannot-already-booked = ✅ L'hai prenotato.
cannot-full = 🔴 È pieno.
cannot-closed = ⚪ Il sito ora non lo lascia prenotare.
cannot-not-open-yet = 🔒 Non ancora aperto: si prenota da { $opens }.
cannot-queued = ⏳ Già in coda come #{ $id }.
button-book-it = ✅ Prenota
button-refresh = 🔄 Aggiorna gli orari
button-show-action = ⏳ Mostra #{ $id }
button-other-classes = Altri corsi di quel giorno
slot-gone = Questo corso non è più negli orari.

queued-popup = In coda come #{ $id }
queued-already = Già in coda come #{ $id }
open-book = ⏳ Prenoto <b>{ $name }</b>
open-cancel = ⏳ Disdico <b>{ $name }</b>
open-check = ⏳ Controllo l'accesso di <b>{ $account }</b>
open-refresh = ⏳ Leggo gli orari di <b>{ $portal }</b>
open-sync = ⏳ Leggo le prenotazioni di <b>{ $account }</b>
step-queued = in coda come #{ $id }
step-claimed = presa in carico
step-session = cerco l'ultimo accesso
step-logging-in = accedo al sito
step-one-time-code = inserisco il codice temporaneo
step-choosing-slot = scelgo il corso
step-confirming = confermo
step-verifying = verifico sul sito
step-reading-timetable = leggo gli orari
step-reading-bookings = leggo le tue prenotazioni
step-reconciling = controllo sul sito com'è finito l'ultimo tentativo
wait-retry = Riprovo alle { $time }.
wait-opens = 🔒 Apre { $opens }: lo prenoto allora.
wait-no-worker = 💤 Ora non c'è nessuno al lavoro; partirà appena il worker torna.
wait-suspended = ⚠️ Aspetta: il sito ha rifiutato l'accesso di { $account }. Sistemalo con /accounts.
wait-cooled = ⏸ Il sito ha chiesto una pausa; si riprende alle { $time }.
taking-back = ↩️ La ritiro…
button-take-back = ↩️ Ritira

done-book = ✅ Prenotato: <b>{ $name }</b>
done-cancel = ✅ Disdetto: <b>{ $name }</b>
done-check = ✅ L'accesso di <b>{ $account }</b> funziona.
done-refresh = ✅ Orari letti: { $slots ->
    [one] { $slots } corso
   *[other] { $slots } corsi
} in { $days ->
    [one] { $days } giorno
   *[other] { $days } giorni
}.
done-sync = { $added ->
    [0] { $removed ->
        [0] ✅ Aggiornato: niente di nuovo.
       *[other] ✅ Aggiornato: { $removed } in meno.
    }
   *[other] { $removed ->
        [0] ✅ Aggiornato: { $added } in più.
       *[other] ✅ Aggiornato: { $added } in più, { $removed } in meno.
    }
}
taken-back-book = ↩️ Ritirata: <b>{ $name }</b>. Non è stato prenotato niente.
taken-back-cancel = ↩️ Ritirata: la tua prenotazione di <b>{ $name }</b> resta.
taken-back-other = ↩️ Ritirata.
failed-book = ❌ Non prenotato: <b>{ $name }</b>
failed-cancel = ❌ Non disdetto: <b>{ $name }</b>
failed-check = ❌ Accesso di <b>{ $account }</b> non confermato
failed-refresh = ❌ Gli orari non sono stati letti
failed-sync = ❌ Le tue prenotazioni non sono state lette
uncertain-book = ⚠️ Non so se è prenotato: <b>{ $name }</b>
uncertain-cancel = ⚠️ Non so se è disdetto: <b>{ $name }</b>
uncertain-advice = La richiesta è partita, ma non ho potuto sapere com'è finita. Prima di riprovare guarda Le Mie Prenotazioni.
portal-says = Il sito dice: «{ $text }»
button-cancel-it = ❌ Disdici
button-again = 🔁 Riprova

error-slot-full = È pieno: qualcuno è stato più veloce.
error-already-booked = Questa prenotazione ce l'hai già.
error-limit-reached = Hai raggiunto il numero di prenotazioni che il sito permette.
error-overlap = A quell'ora hai un'altra prenotazione.
error-slot-gone = Non è più negli orari.
error-refused = Il sito ha rifiutato.
error-too-late = Il sito non lo permette più: manca troppo poco all'inizio.
error-not-open-yet = Il sito non accetta ancora prenotazioni per questo corso.
error-session-expired = Il sito ha chiuso più volte il mio accesso.
error-bad-credentials = Il sito ha rifiutato il nome utente, la password o il codice temporaneo. Non li riprovo finché non sono corretti.
error-challenge-unanswered = Il sito ha chiesto qualcosa a cui puoi rispondere solo tu. Riprova quando hai un momento.
error-portal-down = In questo momento il sito non funziona.
error-network = Il sito non è raggiungibile.
error-timeout = Il sito non ha risposto in tempo.
error-rate-limited = Il sito ha chiesto meno richieste. Aspetta un po', per favore.
error-blocked = Per ora il sito ci blocca. Lo lascio in pace per un po'.
error-page-changed = Il sito è diverso da come lo conosco, quindi mi sono fermato. Chi mi gestisce è stato avvisato.
error-worker-lost = Il lavoro si è interrotto più volte, e non so com'è finito.
error-expired = Non c'era nessuno che lo facesse in tempo.
error-internal = Un mio guasto; l'ho annotato.

bookings-title = <b>📋 Le mie prenotazioni</b>
bookings-empty = Nessuna prenotazione.
bookings-synced = Lette dal sito { $age }.
bookings-synced-of = { $account }: lette dal sito { $age }.
bookings-never-synced = Non ancora lette dal sito.
bookings-never-synced-of = { $account }: non ancora lette dal sito.
bookings-queue = <b>In coda</b>
button-cancel-booking = ❌ { $name }, { $when }
button-sync = 🔄 Aggiorna dal sito
button-sync-of = 🔄 Aggiorna { $account }
ask-cancel = Vuoi davvero disdire <b>{ $name }</b>, { $when }?
button-yes-cancel = Sì, disdici
button-no-keep = No, tienila
booking-gone = Questa prenotazione non è più nel tuo elenco.
not-cancellable = Il sito non permette più di disdire questa prenotazione.

times-title = <b>🗓️ Orari corsi</b>

taken-cancelled = Ritirata.
taken-requested = Ho chiesto di fermarla.
taken-too-late = Troppo tardi: è già in viaggio verso il sito. Lo dirà il risultato.
taken-ended = Era già finita.

status-title = <b>Le tue ultime richieste</b>
status-empty = Non hai ancora chiesto niente.
status-hint = /status con un numero dice tutto su quella.
status-usage = Scrivi solo /status per le tue ultime dieci richieste, o con un numero: <code>/status 12</code>
status-unknown = Non hai una richiesta #{ $id }. /status elenca le tue ultime dieci.
cancel-usage = Scrivi anche il numero della richiesta: <code>/cancel 12</code>. /status elenca le tue ultime dieci; le prenotazioni si disdicono da /bookings.
cancel-nothing = La richiesta #{ $id } è finita, e non c'è una sua prenotazione da disdire.
state-pending = in coda
state-processing = in corso
state-completed-book = prenotato
state-completed-cancel = disdetto
state-completed-check = l'accesso funziona
state-completed-refresh = letti
state-completed-sync = lette
state-failed = non riuscita
state-cancelled = ritirata
state-expired = non fatta in tempo
name-check = Controllo dell'accesso, { $account }
name-refresh = Orari
name-sync = Prenotazioni
name-cancel = disdire { $name }
about-state = Stato: <b>{ $state }</b>
about-asked = { $time } richiesta
about-ended = { $time } finita
about-attempt-ended = { $outcome } dopo { $duration }
outcome-completed = fatto
outcome-failed = non riuscito
outcome-cancelled = ritirato
outcome-expired = tempo scaduto
outcome-pending = da riprovare
outcome-processing = in corso
outcome-lost = interrotto
outcome-released = restituito

settings-title = <b>⚙️ Impostazioni</b>
settings-language = Lingua: italiano
settings-accounts = <b>Account</b>
account-active = ✅ <b>{ $account }</b>
account-suspended = ⚠️ <b>{ $account }</b>: sospeso, il sito ha rifiutato l'accesso
account-synced = Prenotazioni lette { $age }.
account-never-synced = Prenotazioni non ancora lette.
button-check = 🔑 Controlla l'accesso: { $account }
language-changed = Ora parlo italiano.

notice-account-suspended =
    ⚠️ Il sito ha rifiutato l'accesso di <b>{ $account }</b>. Per non far bloccare l'account non riprovo.

    Cambia quello che non va: quello che lo aspetta poi riparte.
notice-booking-gone = ℹ️ <b>{ $name }</b>, { $when }, non è più fra le tue prenotazioni su { $portal }. Non sono stato io.
notice-page-changed = 🛠 { $portal } è diverso da come lo conosco (#{ $id }).
notice-rate-limited = 🛠 { $portal } ha chiesto meno richieste (#{ $id }). Lo lascio in pace per un po'.
notice-blocked = 🛠 { $portal } ci blocca (#{ $id }). Lo lascio in pace per un po'.
notice-looked-for = Cercato e non trovato: <code>{ $text }</code>
notice-evidence = Conservato: <code>{ $path }</code>
ping-book = { $outcome } ↑ { $name }, { $when }
ping-other = { $outcome } ↑ { $what }

## Conversations
talk-hint = Scegli uno dei pulsanti qui sopra, oppure esci con /cancel.
talk-left = Va bene, lasciamo stare. Non ho salvato niente.
talk-secret-stays = ⚠️ Non riesco a cancellare il tuo messaggio dalla chat: cancellalo tu, perché contiene un segreto.
talk-unanswered = ✖️ Rimasta senza risposta.
talk-too-late = È passata più di un'ora: ho cancellato il tuo messaggio senza leggerlo. Ricomincia da capo.

## Recurring bookings


## Questions about recurring bookings


## Booking ahead and watching


## Accounts
command-accounts = I tuoi accessi ai siti
button-accounts = 🔑 Account
button-account = 🔑 { $account }
button-add-account = ➕ Aggiungi un account
button-stop = ✖️ Lascia stare
button-no-second-factor = Non c'è un secondo fattore
button-use-again = ▶️ Usalo di nuovo
button-check-login = 🔎 Controlla l'accesso
button-change-password = 🔒 Cambia la password
button-change-otpauth = 📱 Cambia il secondo fattore
button-rename = ✏️ Rinomina
button-suspend = ⏸ Sospendi
button-remove = 🗑 Rimuovi
button-yes-remove = Sì, rimuovilo
button-no-remove = No, tienilo
accounts-title = <b>🔑 Account</b>
accounts-none = Ancora nessuno. Con un account accedo al posto tuo e prenoto.
account-line = <b>{ $account }</b>
account-is-active = In uso.
account-is-portal = Il sito ha rifiutato l'accesso: non faccio niente finché non è sistemato.
account-is-user = Sospeso da te: non ci faccio niente.
advice-portal = Cambia quello che non va, oppure controlla l'accesso quando sul sito funziona di nuovo.
advice-user = Quello che hai chiesto aspetta, e riparte quando lo usi di nuovo.
account-renamed = ✏️ Rinominato.
account-removed = 🗑 <b>{ $account }</b> è stato rimosso.
account-gone = Questo account non c'è più.
ask-portal =
    <b>➕ Nuovo account</b>

    Per quale sito?
ask-username =
    Qual è il tuo nome utente su { $portal }?
ask-password =
    Qual è la tua password su { $portal }?

    Cancello il tuo messaggio appena l'ho letto, e tengo la password cifrata.
ask-polimisport-username =
    <b>➕ Nuovo account: Polimisport</b>

    Qual è il tuo Codice Persona? Ha 8 cifre.
ask-polimisport-password =
    🔒 Qual è la password del tuo Codice Persona?

    Cancello il tuo messaggio appena l'ho letto, e tengo la password cifrata.
ask-otpauth =
    📱 { $portal } ti chiede anche un codice da un'app?

    Allora mandami una di queste cose; cancello il tuo messaggio appena l'ho letto:
    • una foto o schermata del codice QR con cui hai configurato l'app
    • l'indirizzo che comincia con <code>otpauth://</code>
    • il segreto, per esempio <code>JBSW Y3DP EHPK 3PXP</code>
ask-name = ✏️ Come vuoi chiamare <b>{ $account }</b>?
name-bad = ⚠️ Così non va: scrivi al massimo 30 caratteri.
name-taken = ⚠️ Hai già un altro account con questo nome su questo sito.
field-bad-kind = ⚠️ Scrivilo come testo.
field-bad-text = ⚠️ Così non può andare: deve stare su una riga, e non essere così lungo.
field-bad-format = ⚠️ Non sembra giusto. Dovrebbe essere come <code>{ $example }</code>.
field-bad-photo = ⚠️ Non riesco a vedere un codice QR. Fai la foto di fronte, nitida e con tutto il codice, oppure manda il segreto come testo.
field-bad-code = ⚠️ Questo codice QR è di qualcos'altro. Mi serve quello che configura i codici nella tua app.
field-bad-download = ⚠️ Non sono riuscito a prendere l'immagine. Mandala di nuovo, al massimo 5 MB.
otpauth-not-a-secret = ⚠️ Questo non è un segreto: ha solo le lettere A–Z e le cifre 2–7, e non ne può mancare nessuna.
otpauth-code = ⚠️ Sembra un codice del momento. Mi serve il segreto che c'è dietro, per creare i codici da me.
otpauth-not-totp = ⚠️ Questo indirizzo è di un altro tipo, o il suo segreto è rovinato. Me ne serve uno che comincia con <code>otpauth://totp/</code>.
otpauth-export = ⚠️ Da un'esportazione posso prendere un solo account con codici a tempo. Esporta solo questo.
login-taken = ⚠️ Qualcun altro qui ha già aggiunto questo accesso. Un accesso ha un solo proprietario.
login-yours = Hai già aggiunto questo accesso, come <b>{ $account }</b>. Lì puoi cambiarne la password.
suspended-hint-user = ⏸ Hai sospeso <b>{ $account }</b>. Non ci faccio niente finché non lo usi di nuovo.
wait-suspended-user = ⏸ Aspetta: hai sospeso { $account }.
ask-remove = 🗑 Rimuovere davvero <b>{ $account }</b>?
remove-goes = Se ne vanno anche:
remove-login = • la password e l'accesso salvato
remove-rules = { $n ->
    [one] • { $n } prenotazione periodica
   *[other] • { $n } prenotazioni periodiche
}
remove-queue = { $n ->
    [one] • { $n } richiesta in coda
   *[other] • { $n } richieste in coda
}
remove-stays = Le prenotazioni sul sito restano come sono; dimentico solo loro e quello che ho fatto con questo account.
remove-busy = ⏳ Proprio ora qualcosa sta andando al sito con questo account. Ho chiesto di fermarlo: riprova tra un minuto.


## Users, invitations, first steps


## Calendar, history, reasons


## The week


## Quick booking by text


## Settings

