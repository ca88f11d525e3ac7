/* nabij.js - what is nicer with a script, and needed by nobody. */
"use strict";

/* Printing: a browser can do it without us, so the buttons are hidden until we can. */
for (const button of document.querySelectorAll("button.print")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
}

/* A form came back: what is wrong with it is read first. */
const refused = document.getElementById("refused");
if (refused)
    refused.focus();
