// A small button beside everything that is there to be copied. Without it, all can be selected and copied as well.
"use strict";

for (const held of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break; // browsers offer it to secure pages only
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = held.dataset.copyLabel;
  button.setAttribute("aria-live", "polite");
  const heading = held.closest("section")?.getAttribute("aria-labelledby");
  if (heading) button.setAttribute("aria-describedby", heading);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(held.value ?? held.textContent);
    button.textContent = held.dataset.copiedLabel;
  });
  held.after(button);
}
