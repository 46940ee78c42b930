// The part of a job's page that changes, asked for again each second until the job is over; then the page once more.

const EVERY = 1000; // milliseconds

const place = document.getElementById("job-progress");

async function look() {
  try {
    const answer = await fetch(place.dataset.address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    place.innerHTML = await answer.text();
    if (place.firstElementChild.dataset.open === "no") {
      if (place.dataset.reload) location.reload();
      return;
    }
  } catch {
    // The server is away for a moment: the next look tells.
  }
  setTimeout(look, EVERY);
}

if (place) setTimeout(look, EVERY);
