menu-title =
    👋 Ciao { $name }!

    Prenoto le tue lezioni sul sito e ti dico com’è andata. Che cosa vuoi fare?
button-new-booking = 📅 Nuova Prenotazione
button-bookings = 📋 Le Mie Prenotazioni
button-timetable = 🗓️ Orari Corsi
button-recurring = 🔄 Periodiche
button-settings = ⚙️ Impostazioni
button-menu = ‹ Menu
button-back = ‹ Indietro
help =
    <b>Che cosa so fare</b>

    <b>Come prenoto?</b>
    /book: giorno, corso, fatto. O scrivi «yoga lun 18».

    <b>Come disdico?</b>
    /bookings, poi ❌ accanto al corso.

    <b>Lo stesso corso ogni settimana?</b>
    /recurring: te lo chiedo ogni volta, oppure prenoto e basta.

    <b>Non ancora aperto, o pieno?</b>
    Chiedilo lo stesso: lo prenoto appena apre, o aspetto un posto.

    <b>La mia password è al sicuro?</b>
    È cifrata da chi mi gestisce, e serve solo ad accedere per te. /leave la cancella.

    /start apre il menu, /stats dice come sta andando, / elenca tutti i comandi.
unknown-text = Non ho capito. Premi un pulsante, oppure scrivi un corso, un giorno e un orario:
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
age-seconds = { $n } secondi fa
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
suspended-hint = ⚠️ Il sito ha rifiutato l’accesso di <b>{ $account }</b>. Non riprovo finché non è sistemato.
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
slot-seen-at = Visto: { $time } ({ $age }).
look-under-way = 🔄 Guardo sul sito…
look-failed = ⚠️ Non sono riuscito a guardare sul sito.
look-fresh = Visto { $age }: più fresco di così non si può. Guardo una lezione al massimo ogni 45 secondi.
button-look = 🔄 Guarda di nuovo
can-book = 🟢 Puoi prenotarlo adesso.
cannot-past = ⚪ È già cominciato.
cannot-already-booked = ✅ L’hai prenotato.
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
open-check = ⏳ Controllo l’accesso di <b>{ $account }</b>
open-refresh = ⏳ Leggo gli orari di <b>{ $portal }</b>
open-sync = ⏳ Leggo le prenotazioni di <b>{ $account }</b>
step-queued = in coda come #{ $id }
step-claimed = presa in carico
step-session = cerco l’ultimo accesso
step-logging-in = accedo al sito
step-one-time-code = inserisco il codice temporaneo
step-choosing-slot = scelgo il corso
step-confirming = confermo
step-verifying = verifico sul sito
step-reading-timetable = leggo gli orari
step-reading-bookings = leggo le tue prenotazioni
step-reconciling = controllo sul sito com’è finito l’ultimo tentativo
wait-retry = Riprovo alle { $time }.
wait-opens = 🔒 Apre { $opens }: lo prenoto allora.
wait-no-worker = 💤 Ora non c’è nessuno al lavoro; partirà appena il worker torna.
wait-suspended = ⚠️ Aspetta: il sito ha rifiutato l’accesso di { $account }. Sistemalo con /accounts.
wait-cooled = ⏸ Il sito ha chiesto una pausa; si riprende alle { $time }.
taking-back = ↩️ La ritiro…
button-take-back = ↩️ Ritira

done-book = ✅ Prenotato: <b>{ $name }</b>
booked-unpaid = 💶 Il sito chiede di pagarla: fallo lì, o potresti perderla.
done-cancel = ✅ Disdetto: <b>{ $name }</b>
done-check = ✅ L’accesso di <b>{ $account }</b> funziona.
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
uncertain-advice = La richiesta è partita, ma non ho potuto sapere com’è finita. Prima di riprovare guarda Le Mie Prenotazioni.
waiting-place-given-back = Il sito ti aveva messo in lista d’attesa; ti ho tolto.
waiting-place-kept = Il sito ti ha messo in lista d’attesa, e non sono riuscito a toglierti: fallo tu lì.
portal-says = Il sito dice: «{ $text }»
button-cancel-it = ❌ Disdici
button-again = 🔁 Riprova

error-slot-full = È pieno: qualcuno è stato più veloce.
error-already-booked = Questa prenotazione ce l’hai già.
error-limit-reached = Hai raggiunto il numero di prenotazioni che il sito permette.
error-overlap = A quell’ora hai un’altra prenotazione.
error-no-subscription = L’abbonamento di questo account non lo comprende.
error-slot-gone = Non è più negli orari.
error-refused = Il sito ha rifiutato.
error-too-late = Il sito non lo permette più: manca troppo poco all’inizio.
error-not-open-yet = Il sito non accetta ancora prenotazioni per questo corso.
error-session-expired = Il sito ha chiuso più volte il mio accesso.
error-bad-credentials = Il sito ha rifiutato il nome utente, la password o il codice temporaneo. Non li riprovo finché non sono corretti.
error-challenge-unanswered = Il sito ha chiesto qualcosa a cui puoi rispondere solo tu. Riprova quando hai un momento.
error-portal-down = In questo momento il sito non funziona.
error-network = Il sito non è raggiungibile.
error-timeout = Il sito non ha risposto in tempo.
error-rate-limited = Il sito ha chiesto meno richieste. Aspetta un po’, per favore.
error-blocked = Per ora il sito ci blocca. Lo lascio in pace per un po’.
error-page-changed = Il sito è diverso da come lo conosco, quindi mi sono fermato. Chi mi gestisce è stato avvisato.
error-worker-lost = Il lavoro si è interrotto più volte, e non so com’è finito.
error-expired = Non c’era nessuno che lo facesse in tempo.
error-internal = Un mio guasto; l’ho annotato.

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
cancel-nothing = La richiesta #{ $id } è finita, e non c’è una sua prenotazione da disdire.
state-pending = in coda
state-processing = in corso
state-completed-book = prenotato
state-completed-cancel = disdetto
state-completed-check = l’accesso funziona
state-completed-refresh = letti
state-completed-sync = lette
state-failed = non riuscita
state-cancelled = ritirata
state-expired = non fatta in tempo
name-check = Controllo dell’accesso, { $account }
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
account-active = ✅ <b>{ $account }</b>
account-suspended = ⚠️ <b>{ $account }</b>: sospeso, il sito ha rifiutato l’accesso
account-synced = Prenotazioni lette { $age }.
account-never-synced = Prenotazioni non ancora lette.
language-changed = Ora parlo italiano.

notice-account-suspended =
    ⚠️ Il sito ha rifiutato l’accesso di <b>{ $account }</b>. Per non far bloccare l’account non riprovo.

    Cambia quello che non va: quello che lo aspetta poi riparte.
notice-booking-gone = ℹ️ <b>{ $name }</b>, { $when }, non è più fra le tue prenotazioni su { $portal }. Non sono stato io.
notice-waiting-place = ⚠️ <b>{ $name }</b>, { $when }, è al completo, e il sito ha messo il tuo account <b>{ $account }</b> in lista d’attesa. Non sono riuscito a toglierlo: fallo tu sul sito, o potresti ritrovarti con un corso che non vuoi più.
notice-plan-cancelled = ℹ️ A <b>{ $by }</b> non serve <b>{ $name }</b>, { $when }, sul tuo account <b>{ $account }</b>: lo cancello.
notice-plan-gone = ℹ️ <b>{ $name }</b> non c’è più, e il suo piano per { $day } è finito. Ciò che ha prenotato con il tuo account resta prenotato:
notice-plan-late = ℹ️ <b>{ $name }</b>, { $when }, è prenotato con l’account <b>{ $account }</b> anche se il suo piano è finito. Il piano mostra se serve e come cancellarlo.
notice-page-changed = 🛠 { $portal } è diverso da come lo conosco (#{ $id }).
notice-rate-limited = 🛠 { $portal } ha chiesto meno richieste (#{ $id }). Per un po’ lì mi limito a prenotare.
notice-blocked = 🛠 { $portal } ci blocca (#{ $id }). Lo lascio in pace per un po’.
notice-looked-for = Cercato e non trovato: <code>{ $text }</code>
notice-evidence = Conservato: <code>{ $path }</code>
ping-book = { $outcome } ↑ { $name }, { $when }
ping-other = { $outcome } ↑ { $what }

## Conversations
talk-hint = Scegli uno dei pulsanti qui sopra, oppure esci con /cancel.
talk-left = Va bene, lasciamo stare. Non ho salvato niente.
talk-secret-stays = ⚠️ Non riesco a cancellare il tuo messaggio dalla chat: cancellalo tu, perché contiene un segreto.
talk-unanswered = ✖️ Rimasta senza risposta.
talk-too-late = È passata più di un’ora: ho cancellato il tuo messaggio senza leggerlo. Ricomincia da capo.

## Recurring bookings
button-rule-times = ⏱ Quando chiedo
rule-times-title = ⏱ <b>{ $name }</b>
rule-lead-about = Quanto prima che aprano le prenotazioni te lo chiedo?
rule-lead-usual = Come nelle impostazioni
rule-keep-about = Quanto prima del corso te lo chiedo, e quando annullo se non rispondi?
rule-keep = Chiedi { $ask } h prima, annulla { $cancel } h prima
button-rule-new = ➕ Nuova prenotazione periodica
button-every-week = 🔄 Ogni settimana
button-rule-mode = ⚙️ Come si prenota
button-rule-pause = ⏸ Sospendi
button-rule-resume = ▶️ Riprendi
button-rule-skip = ⏭️ Salta la prossima
button-rule-delete = 🗑 Elimina
button-yes-delete = Sì, elimina
button-mode-ask = 🙋 Prima chiedi
button-mode-automatic = ⚡ Prenota da solo
button-mode-book-then-ask = 🔔 Prenota, poi chiedi
button-pause-open = Finché non riprendo io
button-save = 💾 Salva
button-start-over = ✏️ Ricomincia
button-leave = ✖️ Lascia stare
rules-title = <b>🔄 Prenotazioni periodiche</b>
rules-empty = Ancora nessuna. Con una prenotazione periodica mi occupo di un corso ogni settimana: prima te lo chiedo, oppure prenoto da solo.
rule-every = Ogni { $day }, { $time }
rule-named = { $name }
rule-account = Account: { $account }
rule-paused = Sospesa finché non la riprendi.
rule-paused-until = Sospesa; riprende { $day }.
rule-never = Non torna più.
rule-next = Prossima: { $day } – { $what }
rule-last = Ultima: { $day } – { $what }
rule-soon = tra un momento
rule-will-ask = te lo chiedo { $time }
rule-will-book = la prenoto { $time }
rule-changed = Salvato.
rule-deleted = Eliminata.
rule-skipped = Salto { $day }
rule-not-skipped = { $day } è già prenotata, o quasi. Annullala in Le mie prenotazioni.
rule-saved = ✅ Salvata.
rule-there-already = Ce l’hai già:
rule-new-title = <b>➕ Nuova prenotazione periodica</b>
rule-summary = 🔄 <b>{ $name }</b>: la salvo?
ask-day = In che giorno? Con /cancel esci.
ask-time = { $day }, a che ora? Premila, oppure scrivila, per esempio 18:30.
ask-time-typed = { $day }, a che ora? Scrivila, per esempio 18:30.
ask-time-again = Mi serve un orario, per esempio 18:30.
ask-course = { $day }, { $time }: quale corso? Premilo, oppure scrivine il nome.
ask-course-typed = { $day }, { $time }: quale corso? Scrivi il nome come sta sul sito.
ask-location = Dove si tiene?
ask-delete-rule = Elimino davvero <b>{ $name }</b>? Le prenotazioni già fatte restano.
modes-title = Come procedo?
mode-ask = 🙋 <b>Prima chiedo</b>: te lo chiedo prima che aprano le prenotazioni, e prenoto se confermi.
mode-automatic = ⚡ <b>Da solo</b>: prenoto appena apre, e te lo dico.
mode-book-then-ask = 🔔 <b>Prenoto, poi chiedo</b>: prenoto appena apre, te lo chiedo qualche ora prima del corso e annullo se non rispondi.
pauses-title = Fino a quando sospendo <b>{ $name }</b>?
occurrence-is-asked = aspetto la tua risposta fino a { $until }
occurrence-is-booked = prenotata
occurrence-is-failed = non prenotata
occurrence-is-queued = la prenoto { $time }
occurrence-is-skipped = saltata
occurrence-is-expired = saltata, nessuna risposta
occurrence-is-dropped = annullata
occurrence-is-missing = non in orario
occurrence-is-void = niente di prenotato
occurrence-is-late = per questa è troppo tardi
command-recurring = Prenotazioni che si ripetono ogni settimana
button-pause-weeks = { $n ->
    [one] { $n } settimana, fino a { $day }
   *[other] { $n } settimane, fino a { $day }
}


## Questions about recurring bookings
question-book = 🔄 Prenoto <b>{ $name }</b>?
question-opens = Le prenotazioni aprono { $opens }.
question-full = 🔴 In questo momento è pieno. Se confermi ci provo lo stesso, e posso aspettare un posto.
question-deadline = Rispondi entro <b>{ $deadline }</b>, altrimenti per questa volta salto.
question-moved = ⏱ È passato dalle { $from } alle <b>{ $to }</b>. Lo seguo?
question-keep = 🔔 Vai a <b>{ $name }</b>?
question-keep-deadline = È prenotato. Rispondi entro <b>{ $deadline }</b>, altrimenti lo annullo e lascio il posto a qualcun altro.
button-confirm = ✅ Conferma
button-skip = ⏭️ Salta
button-pause-rule = ⏸ Sospendi queste prenotazioni
button-follow = ✅ Seguilo, d’ora in poi
button-this-time = Solo stavolta
button-keep = ✅ Ci vado
button-drop = ❌ Annulla
button-book-anyway = 📅 Prenota lo stesso
occurrence-skipped = ⏭️ Saltato per questa volta: <b>{ $name }</b>
occurrence-expired = ⌛ Saltato, perché non ho avuto risposta in tempo: <b>{ $name }</b>
occurrence-kept = ✅ La prenotazione resta: <b>{ $name }</b>
occurrence-dropped = ↩️ Da annullare: <b>{ $name }</b>
occurrence-missing = 🏖 Questa settimana non è in orario: <b>{ $name }</b>
occurrence-void = Questa domanda è chiusa: <b>{ $name }</b>
expired-hint = Puoi ancora prenotarlo, se ci sono posti.
missing-hint = Non ho prenotato niente. La settimana prossima ricontrollo.
kept-unasked = Non c’era più tempo per chiedertelo, quindi l’ho lasciato così.
answered-confirm = Va bene, lo prenoto.
answered-follow = Va bene, d’ora in poi al nuovo orario.
answered-skip = Per questa volta salto.
answered-keep = Buon divertimento!
answered-drop = Lo annullo.
answered-pause = Sospeso. Non prenoto niente finché non riprendi.
answered-late = Troppo tardi per questa risposta. Sotto trovi che cosa si può ancora fare.
answered-before = Avevi già risposto.


## Booking ahead and watching
button-book-ahead = 🔔 Prenota appena apre ({ $opens })
button-watch-book = 👀 Prenota se si libera un posto
button-watch-tell = 🔔 Avvisami se si libera un posto
button-stop-watching = ⏹ Smetti di controllare
open-watch-book = 👀 Aspetto un posto per <b>{ $name }</b>
open-watch-tell = 👀 Tengo d’occhio <b>{ $name }</b>
watch-promise-book = È pieno. Guardo ogni pochi minuti e prenoto il primo posto che si libera, fino all’inizio.
watch-promise-tell = È pieno. Guardo ogni pochi minuti e ti avviso se si libera un posto, fino all’inizio.
watch-looked = Ultimo controllo { $time }: ancora pieno.
watch-not-yet = Non ho ancora controllato.
place-free = 🟢 C’è un posto libero: <b>{ $name }</b>
ping-free = { $outcome } C’è un posto libero ↑ { $name }, { $when }
place-free-hint = Fai in fretta: non ho prenotato niente.
watch-ended = ⌛ Non si è liberato nessun posto: <b>{ $name }</b>
state-place-free = si era liberato un posto
state-watching = sto controllando
step-waiting-for-opening = accesso fatto, aspetto l’apertura
step-taking-aim = sta per aprire: confronto gli orologi con il sito


## Accounts
command-accounts = I tuoi accessi ai siti
button-accounts = 🔑 Account
button-account = 🔑 { $account }
button-add-account = ➕ Aggiungi un account
button-stop = ✖️ Lascia stare
button-no-second-factor = Non c’è un secondo fattore
button-use-again = ▶️ Usalo di nuovo
button-check-login = 🔎 Controlla l’accesso
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
account-is-portal = Il sito ha rifiutato l’accesso: non faccio niente finché non è sistemato.
account-is-user = Sospeso da te: non ci faccio niente.
advice-portal = Cambia quello che non va, oppure controlla l’accesso quando sul sito funziona di nuovo.
check-later = Cambia quello che non va. Se sul sito funziona così com’è, posso ricontrollarlo dalle { $time }: troppi tentativi possono bloccarlo.
advice-user = Quello che hai chiesto aspetta, e riparte quando lo usi di nuovo.
account-renamed = ✏️ Rinominato.
account-removed = 🗑 <b>{ $account }</b> è stato rimosso.
account-gone = Questo account non c’è più.
ask-portal =
    <b>➕ Nuovo account</b>

    Per quale sito?
ask-username =
    <b>➕ Nuovo account: { $portal }</b>

    { $question }
ask-username-plainly = Qual è lì il tuo nome utente?
ask-password =
    🔒 { $question }

    Cancello il tuo messaggio appena l’ho letto, e tengo la password cifrata.
ask-password-plainly = Qual è lì la tua password?
ask-otpauth =
    📱 { $portal } ti chiede anche un codice da un’app?

    Allora mandami una di queste cose; cancello il tuo messaggio appena l’ho letto:
    • una foto o schermata del codice QR con cui hai configurato l’app
    • l’indirizzo che comincia con <code>otpauth://</code>
    • il segreto, per esempio <code>JBSW Y3DP EHPK 3PXP</code>
ask-name = ✏️ Come vuoi chiamare <b>{ $account }</b>?
name-bad = ⚠️ Così non va: scrivi al massimo 30 caratteri.
name-taken = ⚠️ Hai già un altro account con questo nome su questo sito.
field-bad-kind = ⚠️ Scrivilo come testo.
field-bad-text = ⚠️ Così non può andare: deve stare su una riga, e non essere così lungo.
field-bad-format = ⚠️ Non sembra giusto. Dovrebbe essere come <code>{ $example }</code>.
field-bad-photo = ⚠️ Non riesco a vedere un codice QR. Fai la foto di fronte, nitida e con tutto il codice, oppure manda il segreto come testo.
field-bad-code = ⚠️ Questo codice QR è di qualcos’altro. Mi serve quello che configura i codici nella tua app.
field-bad-download = ⚠️ Non sono riuscito a prendere l’immagine. Mandala di nuovo, al massimo 5 MB.
otpauth-not-a-secret = ⚠️ Questo non è un segreto: ha solo le lettere A–Z e le cifre 2–7, e non ne può mancare nessuna.
otpauth-code = ⚠️ Sembra un codice del momento. Mi serve il segreto che c’è dietro, per creare i codici da me.
otpauth-not-totp = ⚠️ Questo indirizzo è di un altro tipo, o il suo segreto è rovinato. Me ne serve uno che comincia con <code>otpauth://totp/</code>.
otpauth-export = ⚠️ Da un’esportazione posso prendere un solo account con codici a tempo. Esporta solo questo.
login-taken = ⚠️ Qualcun altro qui ha già aggiunto questo accesso. Un accesso ha un solo proprietario.
login-yours = Hai già aggiunto questo accesso, come <b>{ $account }</b>. Lì puoi cambiarne la password.
suspended-hint-user = ⏸ Hai sospeso <b>{ $account }</b>. Non ci faccio niente finché non lo usi di nuovo.
wait-suspended-user = ⏸ Aspetta: hai sospeso { $account }.
ask-remove = 🗑 Rimuovere davvero <b>{ $account }</b>?
remove-goes = Se ne vanno anche:
remove-login = • la password e l’accesso salvato
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
first-steps =
    👋 Ciao { $name }! Prenoto le tue lezioni sul sito e ti dico com’è andata.

    Tre passi brevi:
    1️⃣ Aggiungi il tuo account del sito
    2️⃣ Scegli un corso
    3️⃣ Fatto: lo prenoto e te lo dico
button-first-account = ➕ Aggiungi il mio account
first-class = Ora prenota la tua prima lezione!
button-first-class = 📅 Prenota la prima lezione
button-week = 🖼 Settimana
arrived-member = 🎉 Sei dei nostri!
arrived-owner =
    👑 Ora mi gestisci tu.

    /invite fa entrare qualcuno, /users mostra chi c’è.
already-in = Ci sei già: non ti serve un link.

invitation =
    🎟 <b>Un invito per una persona</b>

    { $link }

    Chi lo apre per primo può usarmi. Vale tre giorni, fino a { $until }.
invitation-pass-on = Questo bot prenota le lezioni per me. Apri il link e premi Avvia:
button-share = 📤 Condividi
button-revoke = 🚫 Revoca
invitation-revoked = 🚫 Revocato: il link non apre più niente.
invitation-over = Questo invito non è più aperto: è stato usato, revocato, o è scaduto.

users-title = <b>👥 Chi mi usa</b>
user-line = • <b>{ $name }</b>, dal { $since }, { $accounts ->
    [0] nessun account
    [one] { $accounts } account
   *[other] { $accounts } account
}
user-line-owner = • 👑 <b>{ $name }</b>, dal { $since }, { $accounts ->
    [0] nessun account
    [one] { $accounts } account
   *[other] { $accounts } account
}
user-blocked = · 🔕 mi ha bloccato
user-unnamed = qualcuno che non ha ancora scritto
users-invites = { $n ->
    [one] 🎟 Un invito è aperto.
   *[other] 🎟 { $n } inviti sono aperti.
}
button-users = 👥 Chi mi usa
button-user = 👤 { $name }
button-invite = ➕ Invita qualcuno
button-revoke-listed = 🚫 Revoca l’invito di { $made }
ask-remove-user = 🗑 Vuoi rimuovere <b>{ $name }</b>? Questo cancella per sempre:
ask-remove-tells = Lo dico a chi rimuovi, e poi non lo conosco più.
button-yes-remove-user = Sì, rimuovi e cancella
button-no-keep-user = No, lascia
user-removed = ✅ Ho rimosso <b>{ $name }</b> e cancellato tutto quello che era suo.
user-gone = Questa persona non c’è più.
removal-busy = Non ora: una richiesta di { $name } è in viaggio verso il sito. Riprova fra un minuto.
removal-owner = Chi mi gestisce resta.
farewell-removed = 👋 Chi gestisce questo bot ti ha rimosso. Ho cancellato tutto quello che avevo di te, anche la password. Ciò che è prenotato sul sito resta prenotato.
deletes-accounts = { $n ->
    [one] • l’account, con la sua password
   *[other] • { $n } account, con le loro password
}
deletes-rules = { $n ->
    [one] • una prenotazione periodica
   *[other] • { $n } prenotazioni periodiche
}
deletes-waiting = { $n ->
    [one] • una richiesta che ancora aspetta
   *[other] • { $n } richieste che ancora aspettano
}
deletes-rest = • la cronologia e tutte le impostazioni
deletes-not-booked = { $n ->
    [one] Una prenotazione sul sito resta prenotata.
   *[other] { $n } prenotazioni sul sito restano prenotate.
}

ask-leave = 🗑 <b>Vuoi cancellare i tuoi dati e uscire?</b> Questo cancella per sempre:
button-delete-data = 🗑 Cancella i miei dati
ask-leave-sure =
    ⚠️ <b>Davvero?</b>

    Non si torna indietro: per rientrare ti serve un nuovo invito.
button-no-stay = No, resto
button-leave-now = 🗑 Sì, cancella tutto ora
left = 👋 Fatto: ho cancellato tutto quello che avevo di te. Ciò che è prenotato sul sito resta prenotato. Ti auguro il meglio!
leave-busy = Non ora: una tua richiesta è in viaggio verso il sito. Riprova fra un minuto.
leave-owner = 👑 Mi gestisci tu: senza di te nessuno potrebbe badare a me, quindi resti. I tuoi account puoi rimuoverli uno per uno in /accounts.

notice-user-joined = 🎉 <b>{ $name }</b> ha aperto il tuo invito ed è dei nostri.
notice-user-left = 👋 <b>{ $name }</b> non c’è più: ha cancellato tutti i suoi dati.
limit-reached = Sono tante: { $n } richieste in un’ora. Accetto la prossima dalle { $time }.
command-invite = Invita qualcuno
command-users = Chi mi usa


## Calendar, history, reasons
calendar-booked-on = Prenotato su { $portal }.
calendar-account = Account: { $account }
calendar-all =
    📆 { $n ->
        [one] { $n } prenotazione
       *[other] { $n } prenotazioni
    } per il tuo calendario: apri il file per aggiungere tutto. Con un file più nuovo le stesse prenotazioni si aggiornano.
calendar-one = 📆 <b>{ $name }</b>, { $when }: apri il file per aggiungerlo al calendario.
calendar-empty = 📆 Non hai prenotazioni in arrivo, quindi non c’è niente da mettere in calendario.
button-to-calendar = 📆 Aggiungi al calendario
button-calendar = 📆 Calendario
button-history = 🕘 Cronologia
command-calendar = Le mie prenotazioni per il calendario
command-history = Che cosa ho prenotato e disdetto
command-why = Perché non ha funzionato: /why 12
history-title = <b>🕘 Cronologia</b>
history-empty = Qui non c’è ancora niente.
history-legend = ✅ prenotato · ↩️ disdetto · ❌ non fatto · ⚠️ non so
history-cut = Queste sono le { $n } voci più recenti; le più vecchie mancano.
history-filter-all = Tutto
history-filter-booked = ✅ Prenotato
history-filter-cancelled = ↩️ Disdetto
history-filter-not-done = ❌ Non fatto
history-all-accounts = Tutti gli account
history-file = 🕘 La tua cronologia: { $n ->
    [one] { $n } voce
   *[other] { $n } voci
}.
button-history-csv = 📄 Excel (CSV)
button-history-json = 📄 JSON
button-why = 🔍 Perché?
why-usage = Scrivi solo /why per l’ultima richiesta non riuscita, o con un numero: <code>/why 12</code>
why-nothing-failed = 👍 Finora è riuscito tutto quello che hai chiesto.
why-asked = Richiesta: { $time }
why-never-tried = Non sono arrivato a provarci.
why-no-try = Non ho ancora provato.
why-tries = { $n ->
    [one] Ho provato una volta:
   *[other] Ho provato { $n } volte:
}
why-tries-left-out = { $n ->
    [one] • (un tentativo precedente manca)
   *[other] • ({ $n } tentativi precedenti mancano)
}
why-try-completed = Ha funzionato.
why-try-failed = Non ha funzionato.
why-try-cancelled = L’hai ritirata.
why-try-expired = Non c’era più tempo.
why-try-pending = Non ha ancora funzionato.
why-try-processing = In corso.
why-at-it = Ci sto lavorando.
why-try-lost = Il lavoro si è interrotto, e non so a che punto fosse.
why-try-released = Ho dovuto fermarmi, e l’ho lasciato al tentativo seguente.
why-taken-back = L’hai ritirata tu.
why-went-well = Alla fine è andata bene.
why-advice = <b>Che cosa puoi fare</b>
why-picture = 📷 L’ultima cosa che ho visto. Password e codici sono coperti.
why-picture-gone = 📷 Avevo conservato un’immagine della pagina, ma non ce l’ho più: le immagini restano per qualche giorno sulla macchina che ha fatto il lavoro.
advice-full = Fammi tenere d’occhio il corso: se si libera un posto lo prenoto, o ti avviso. Oppure scegli un altro corso.
advice-booked = Niente: lo trovi in Le mie prenotazioni.
advice-make-room = Disdici una prenotazione che non ti serve, poi riprova.
advice-subscribe = Guarda sul sito che cosa comprende il tuo abbonamento. Quando lo comprende, riprova; altrimenti scegli qualcos’altro.
advice-other = Scegli un altro corso di quel giorno.
advice-refused = Guarda che cosa dice il sito. Riprova, o scegli un altro corso.
advice-later = Aspetta un po’, poi riprova.
advice-again = Riprova: spesso la volta dopo funziona.
advice-login = Cambia la password in /accounts; fino ad allora non riprovo.
advice-answer = Riprova quando hai un minuto per rispondere alla domanda del sito.
advice-on-the-site = Per questa volta fallo direttamente sul sito. Chi mi gestisce è stato avvisato e può sistemarmi.
advice-over = Ormai niente: è già iniziato.


## Statistics

command-stats = Quanto spesso funziona, e in quanto tempo
stats-title = <b>📊 Come sta andando</b>
stats-account-title = <b>📊 { $account }</b>
stats-period = negli ultimi { $days } giorni
stats-nothing = Ancora niente.
stats-no-bookings = Ancora nessuna prenotazione.
stats-type-book = Prenotazioni
stats-type-cancel = Disdette
stats-type-check = Accessi
stats-type-sync = Lettura prenotazioni
stats-type-refresh = Lettura orari
stats-rate = <b>{ $what }</b>: { $percent }% ({ $done } su { $n })
stats-uncounted = <b>{ $what }</b>: ancora niente da contare
stats-lost = { $n ->
    [one] { $n } presa da altri
   *[other] { $n } prese da altri
}
stats-refused = { $n ->
    [one] { $n } rifiutata
   *[other] { $n } rifiutate
}
stats-wrong = { $n ->
    [one] { $n } andata storta
   *[other] { $n } andate storte
}
stats-taken-back = { $n ->
    [one] { $n } ritirata
   *[other] { $n } ritirate
}
stats-expired = { $n } fuori tempo
stats-took = ⏱ In { $median }, 9 su 10 entro { $p90 }
stats-attempt = ⚙️ Lavoro: { $median }, 9 su 10 entro { $p90 }
stats-reason = • { $n } × { $reason }
stats-shots = <b>🎯 All’apertura</b>: { $percent }% ({ $won } su { $n })
stats-late = Arrivate al meglio { $best }, di solito { $median }
stats-early = Arrivate troppo presto, di solito { $median }
stats-answer = Risposta al meglio in { $best } ms, di solito in { $median } ms
stats-after = { $n } ms dopo
stats-before = { $n } ms prima
button-stats-account = 🔑 { $percent }% · { $account }
button-stats-days = { $n } giorni

## The week
command-week = La tua settimana in un’immagine
week-title = La tua settimana
week-today = Oggi
week-booked = Prenotato
week-waiting = In coda
week-recurring = Periodica, da prenotare
week-free = Posti liberi
week-free-more = { $n ->
    [one] un altro con posti liberi
   *[other] altri { $n } con posti liberi
}
week-free-only = { $n ->
    [one] { $n } corso con posti liberi
   *[other] { $n } corsi con posti liberi
}
week-more-own = { $n ->
    [one] un altro dei tuoi
   *[other] altri { $n } dei tuoi
}
week-opens = { $n ->
    [one] { $n } corso, apre { $opens }
   *[other] { $n } corsi, aprono { $opens }
}
week-empty-title = Ancora niente in programma
week-empty-hint = Scrivi /book e scegli un corso: al resto penso io.
week-unnamed = Corso
week-caption = <b>📆 La tua settimana</b>, { $range }
week-count-booked = { $n ->
    [one] { $n } prenotazione
   *[other] { $n } prenotazioni
}
week-count-waiting = { $n } in coda
week-count-recurring = { $n ->
    [one] { $n } periodica
   *[other] { $n } periodiche
}
button-this-week = ◀ Questa settimana
button-next-week = Prossima settimana ▶
button-week-light = 🌗 Chiaro
button-week-dark = 🌗 Scuro



## Quick booking by text
quick-choose = { $n ->
    [one] Intendi questo?
   *[other] Quale intendi?
}
quick-no-name = Negli orari non c’è nessun corso «{ $name }».
quick-no-day = <b>{ $name }</b> non è negli orari per { $day }.
quick-no-time = <b>{ $name }</b> non comincia a quell’ora.
quick-past = <b>{ $name }</b> è già cominciato.
quick-nothing-day = Negli orari non ci sono corsi per { $day }.
quick-nothing-time = A quell’ora non comincia nessun corso.
quick-nothing-ahead = È già cominciato.
quick-nearest = Ecco che cosa ci si avvicina di più:
quick-then = A quell’ora c’è:
quick-help =
    Scrivimi che cosa vuoi prenotare, per esempio:
    <code>{ $example }</code>
quick-like = Scrivimi per esempio <code>{ $example }</code>


## Settings
settings-quiet = Ore di silenzio: { $hours }
settings-notices = { $n ->
    [0] Avvisi: tutti attivi
    [one] Avvisi: uno disattivato
   *[other] Avvisi: { $n } disattivati
}
settings-lead = Domande: { $time } prima della prenotazione
button-language = 🌐 Lingua
button-quiet = 🌙 Ore di silenzio
button-notices = 🔔 Avvisi
button-lead = ⏱ Domande
quiet-none = nessuna
quiet-about = In queste ore non faccio rumore e non chiedo niente: le domande arrivano prima, o aspettano la fine.
button-quiet-other = ✏️ Altre ore
button-quiet-off = Nessuna
ask-quiet = Da che ora a che ora devo stare in silenzio? Scrivilo così: <code>22:30-7:15</code>
quiet-wrong = Mi servono due orari, l’inizio e la fine.
notices-about = Premi per attivarne o disattivarne uno. Le domande, ciò che non riesce e i problemi con un account ti arrivano sempre.
notices-ping = È arrivato un risultato in ritardo
notices-booking-gone = Una prenotazione è sparita dal sito
notices-recurring = Una periodica è riuscita
lead-about = Con questo anticipo ti chiedo se vuoi ancora una prenotazione periodica. Ognuna può avere un anticipo suo.
lead-minutes = { $n } min
lead-hours = { $n } h


## Piani
button-plans = 🎯 Piani
command-plan = Più ore di fila, con più account
help-plans =
    <b>Più ore di fila?</b>
    /plan: con il tuo account e quelli degli amici, ogni ora appena apre.
plans-title = <b>🎯 Piani</b>
plan-about = Un piano prenota più ore di fila in un giorno, con il tuo account e quelli di altri.
    Provo ogni ora appena apre, nei posti che preferisci, nel tuo ordine.
plan-shared = usa il tuo account
button-plan-new = ➕ Nuovo piano
button-plans-back = ‹ Piani
plan-new-title = <b>🎯 Nuovo piano</b>
plan-ask-portal = Su quale sito?
plan-ask-date = Che giorno? Premilo, o scrivilo, ad esempio 24/11.
plan-date-again = Mi serve un giorno da oggi in poi, ad esempio 24/11.
plan-ask-from = { $day }: da che ora? Premila, o scrivi inizio e fine, ad esempio 13-18.
plan-window-again = { $day }: mi servono ore intere non ancora passate, ad esempio 13-18.
plan-ask-to = Dalle { $from } fino a che ora?
plan-ask-hours = Quante ore di fila, nell’orario { $span }?
plan-hours-button = { $n ->
    [one] { $n } ora
   *[other] { $n } ore
}
plan-hours = { $n ->
    [one] { $n } ora
   *[other] { $n } ore di fila
}
plan-hours-or = { $n } ore di fila, o { $least }
plan-ask-fallback = Se non si trovano { $n } ore di fila, { $least ->
    [one] ne basta { $least }
   *[other] ne bastano { $least }
}?
button-plan-fewer = { $n ->
    [one] Sì, basta { $n } ora
   *[other] Sì, bastano { $n } ore
}
button-plan-all = No, { $n } ore o niente
plan-ask-places = Dove? Premi i posti nell’ordine che preferisci. ⚙️ sceglie le parti di un posto e quanti account (👥) ci provano insieme.
button-plan-next = Avanti ›
plan-ask-parts = Premi una parte per escluderla; premila di nuovo per metterla in fondo.
plan-ask-tries = { $n ->
    [one] 👥 Qui prova { $n } account per ogni ora.
   *[other] 👥 Qui provano fino a { $n } account per ogni ora. Se ci riescono in più d’uno, cancello subito ciò che avanza.
}
plan-tries = { $n ->
    [one] prova { $n } account
   *[other] provano fino a { $n } account
}
plan-ask-accounts = Con quali account? Premili nell’ordine in cui devono provare.
plan-others = Prima di usare quelli di altri lo chiedo a loro.
plan-needs = Un account può avere un’ora al giorno in ogni posto: { $n } ore in un posto richiedono { $n } account.
plan-summary-title = <b>🎯 Avvio questo piano?</b>
plan-change-title = <b>✏️ Che cosa cambio?</b>
plan-opens = ⏳ Prima apertura: { $place }, { $opens }.
plan-opens-now = ⏳ { $place } è già aperto: comincio subito.
plan-asks = 🤝 Prima chiedo a { $names }: non uso nessun account senza il sì di chi lo possiede.
plan-spread = { $n ->
    [one] ⚠️ { $n } account per { $hours } ore: ogni ora deve essere in un posto diverso.
   *[other] ⚠️ { $n } account per { $hours } ore: non possono essere tutte nello stesso posto.
}
plan-only-fewer = ⚠️ Troppo poco per tutte le ore: { $n } account e { $places ->
    [one] { $places } posto
   *[other] { $places } posti
} ne danno al massimo { $most }.
plan-hopeless = ❌ Così non può riuscire: { $n } account e { $places ->
    [one] { $places } posto
   *[other] { $places } posti
} danno al massimo { $most ->
    [one] { $most } ora
   *[other] { $most } ore
}. Aggiungi un account o un posto.
button-plan-start = ▶️ Avvia
button-plan-date = ✏️ Giorno
button-plan-window = ✏️ Orario
button-plan-hours = ✏️ Ore
button-plan-places = ✏️ Posti
button-plan-accounts = ✏️ Account
button-plan-fallback = ✏️ Meno ore
plan-started = ✅ Avviato. Questo messaggio mostra come va.
plan-changed = ✅ Cambiato.
plan-begun = È cominciato e non si può più cambiare.
plan-gone = Questo piano non c’è più.
plan-cannot-late = ❌ Troppo tardi: in quell’orario non restano abbastanza ore.
plan-cannot-overlapping = ❌ Uno di questi account è in un altro piano per quel giorno. Scegline altri, o ferma quel piano.
plan-cannot-unknown-account = ❌ Uno di questi account non c’è più. Scegli di nuovo gli account.
plan-of = Un piano di <b>{ $name }</b>
plan-is-waiting = In attesa della prima apertura
plan-is-open = In corso
plan-is-stopping = Mi fermo: aspetto ciò che è già partito
plan-is-full = { $n ->
    [one] ✅ Prenotato: { $span }
   *[other] ✅ { $n } ore prenotate: { $span }
}
plan-is-fewer = ✅ { $n } ore su { $of }: { $span }
plan-is-failed = { $n ->
    [one] ❌ Non si è trovata nessuna ora
   *[other] ❌ Non si sono trovate { $n } ore di fila
}
plan-is-stopped = ⏹ Fermato
plan-waits-for = 🤝 Aspetto la risposta di { $names }.
plan-too-few = { $n ->
    [0] ⚠️ Per ora non posso usare nessun account.
    [one] ⚠️ Per ora posso usare solo { $n } account: troppo poco.
   *[other] ⚠️ Per ora posso usare solo { $n } account: troppo pochi.
}
plan-leftovers = 🔸 Preso in più, oltre alle ore di fila. Lo cancello?
plan-left-theirs = 🔸 { $what }: chi ha l’account non è più d’accordo, quindi può cancellarlo solo lui o lei.
plan-hour-opens = apre { $opens }
plan-hour-open = aperta, tocca presto a lei
plan-hour-over = già iniziata
plan-hour-needless = non serve
plan-hour-hopeless = non tentata: restavano troppo poche ore o troppo pochi account
plan-hour-stopped = non provata, fermato
plan-left-over = { $slot } (in più)
plan-given-open = { $slot }: lo cancello
plan-given-done = { $slot }: cancellato
plan-try-taken = { $place } pieno
plan-try-limit = { $place }: limite raggiunto
plan-try-overlap = { $place }: c’è altro a quell’ora
plan-try-no-subscription = { $place }: manca l’abbonamento
plan-try-refused = { $place }: rifiutato
plan-try-auth-failed = { $place }: accesso rifiutato
plan-try-failed = { $place }: il sito non va
plan-try-stopped = { $place }: fermato
plan-try-unknown = ⚠️ { $place }: non è certo, guarda sul sito
plan-barred-unusable = { $place }: nessuno può provare
plan-barred-mixed = { $place }: nessuno poteva provare
plan-barred-auth-failed = { $place }: accesso rifiutato
plan-barred-hour = { $place }: tutti impegnati a quell’ora
plan-barred-place = { $place }: tutti ci hanno già un’ora
plan-barred-no-subscription = { $place }: manca l’abbonamento
plan-bar-unusable = non accettato, o sospeso
plan-bar-auth-failed = accesso rifiutato
plan-bar-hour = impegnato a quell’ora
plan-bar-place = ci ha già un’ora
plan-bar-no-subscription = manca l’abbonamento
button-plan-change = ✏️ Cambia
button-plan-stop = ⏹ Ferma
button-plan-again = 🔁 Ancora, un altro giorno
button-plan-details = 🔍 Dettagli
button-plan-cancel = ❌ { $what }
button-plan-consent = 🤝 La mia risposta: { $account }
plan-ask-stop = Fermo davvero il piano per <b>{ $when }</b>?
plan-stop-about = Non provo più nulla. Ciò che è prenotato resta; poi puoi cancellarlo qui.
button-plan-stop-yes = ⏹ Sì, ferma
button-plan-stop-no = No, continua
plan-stop-stopping = Fermato: non provo più nulla.
plan-stop-ended = Era già finito.
plan-left-queued = Lo cancello.
plan-left-gone = Non è più prenotato.
plan-left-owner-only = Chi ha l’account non è più d’accordo: può cancellarlo solo lui o lei.
plan-details-none = Non ho ancora provato nulla.
plan-tried-open = in corso
plan-tried-won = prenotato
plan-tried-given-open = prenotato, lo cancello
plan-tried-given-done = prenotato, poi cancellato
plan-tried-given-failed = prenotato; non si è potuto cancellare
plan-tried-taken = pieno
plan-tried-limit = limite raggiunto
plan-tried-overlap = c’è altro a quell’ora
plan-tried-no-subscription = manca l’abbonamento
plan-tried-refused = rifiutato
plan-tried-auth-failed = accesso rifiutato
plan-tried-failed = il sito non va
plan-tried-stopped = fermato
plan-tried-unknown = ⚠️ non è certo: guarda sul sito
plan-consent = 🤝 <b>{ $name }</b> vorrebbe usare il tuo account <b>{ $account }</b> per un piano:
plan-consent-about = Se accetti, accedo a tuo nome e prenoto al massimo un’ora per posto. Ciò che non serve lo cancello subito.
plan-consent-accepted = ✅ Hai accettato.
plan-consent-refused = ✖️ Hai rifiutato: il tuo account non viene usato.
plan-consent-until = Puoi cambiare idea finché non finisce.
plan-consent-over = È finito.
button-plan-accepted = ✅ Accetta
button-plan-refused = ✖️ Rifiuta
button-plan-show = 🎯 Mostra il piano
plan-answer-accepted = Accettato. Grazie!
plan-answer-refused = Rifiutato: il tuo account non viene usato.
plan-answer-late = È già finito.
plan-answer-overlapping = Questo account è già in un altro piano per quel giorno.
plan-answer-changed = Il piano è cambiato. Rileggilo, poi rispondi.
shots-title = <b>🎯 Partite all’apertura</b>
shot-title = 🎯 Partita all’apertura, in ms:
shot-sent = pronta { $armed } · partita { $fired } ms
shot-answered = arrivata { $late } · risposta { $answered } ms
shot-clock = { $n ->
    [one] orologio { $offset } ± { $error } ms · { $n } richiesta
   *[other] orologio { $offset } ± { $error } ms · { $n } richieste
}
