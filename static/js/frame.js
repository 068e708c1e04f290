// What every page listens to: refusals and lost connections of small requests, and "/" for the search.
(() => {
  const box = document.querySelector("[data-kp-refusal]");
  const tell = (text) => {
    box.querySelector("p").textContent = text;
    box.hidden = false;
  };
  if (box) {
    box.querySelector("button").addEventListener("click", () => { box.hidden = true; });
    document.body.addEventListener("kp:refused", (event) => tell(event.detail.message));
    document.body.addEventListener("htmx:sendError", () => tell("Mất kết nối mạng. Nội dung đã nhập vẫn còn trên trang; hãy thử lại khi có mạng."));
    document.body.addEventListener("htmx:responseError", (event) => {
      const answer = event.detail.xhr;
      if (answer.getResponseHeader("HX-Trigger")) return;
      if (answer.status === 401) tell(answer.responseText);
      else tell("Máy chủ gặp lỗi nên chưa thực hiện được. Nội dung đã nhập vẫn còn trên trang; hãy thử lại sau ít phút.");
    });
    document.body.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) box.hidden = true; });
  }

  const search = document.querySelector("[data-kp-search]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || !search || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    search.focus();
  });
})();

// A ready text is chosen whole at a touch, so that it can be copied in one go.
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-kp-select]")) event.target.select();
});
