/* My bookings: cancels the booking of a card. */
const { part, pageData, ask, tell, post } = window

async function cancel(bookingId) {
  if (!(await ask(pageData.words.cancel))) return
  const answer = await post('DeleteBooking', { bookingId })
  await tell(answer?.message ?? pageData.words.broken)
  if (answer) location.reload()
}

document.querySelectorAll('[data-part="card"]').forEach((card, index) => {
  const button = part('delete', card)
  if (button) button.onclick = () => cancel(pageData.bookings[index])
})
