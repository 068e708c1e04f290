// The page where a count is keyed: the sum of each line beside the valid papers, Enter and arrows as in the grid, one warning before leaving.
(() => {
  const form = document.querySelector("[data-kp-count]");
  if (!form) return;
  const rows = [...form.querySelectorAll("[data-kp-line]")];
  const box = (name) => form.elements.namedItem(name);
  const left = form.querySelector("[data-kp-left]");
  const number = (input) => (/^\d+$/.test(input.value.trim()) ? Number(input.value) : 0);
  const before = new FormData(form);
  let isSent = false;

  function sumUp() {
    const valid = box("valid").value.trim() === "" ? null : number(box("valid"));
    let off = 0;
    rows.forEach((row) => {
      const boxes = [...row.querySelectorAll("input")];
      const sum = boxes.reduce((total, input) => total + number(input), 0);
      const isTouched = boxes.some((input) => input.value.trim() !== "");
      const isRight = valid !== null && sum === valid;
      let text = valid !== null ? `${sum}/${valid}` : isTouched ? String(sum) : "";
      if (valid !== null && isTouched && !isRight) text += sum < valid ? `, thiếu ${valid - sum}` : `, thừa ${sum - valid}`;
      row.querySelector("[data-kp-sum]").textContent = text;
      row.classList.toggle("is-off", isTouched && valid !== null && !isRight);
      row.classList.toggle("is-right", isRight);
      off += !isRight;
    });
    left.textContent = off ? `Còn ${off} dòng chưa khớp số phiếu hợp lệ` : "Mọi dòng khớp số phiếu hợp lệ";
  }

  // Enter and the arrows go along a column, skipping lines whose paper has no such level; from the totals Enter goes to the next box.
  function move(input, step) {
    const key = input.name.split("-")[1];
    const column = key === undefined ? [...form.querySelectorAll("[data-kp-total]")] : rows.map((row) => row.querySelector(`input[name$="-${key}"]`)).filter(Boolean);
    const target = column[column.indexOf(input) + step];
    if (target) { target.focus(); target.select(); }
    else if (key === undefined && step > 0) { const first = rows[0].querySelector("input"); first.focus(); first.select(); }
  }

  form.addEventListener("input", sumUp);
  form.addEventListener("keydown", (event) => {
    if (event.target.tagName !== "INPUT" || event.ctrlKey || event.altKey || event.metaKey) return;
    const steps = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    move(event.target, steps[event.key]);
  });
  form.addEventListener("focusin", (event) => { if (event.target.tagName === "INPUT") event.target.select(); });
  form.addEventListener("submit", () => { isSent = true; });
  addEventListener("beforeunload", (event) => {
    const isChanged = [...new FormData(form)].some(([name, value]) => before.get(name) !== value);
    if (isChanged && !isSent) event.preventDefault();
  });
  sumUp();
})();
