// Saves the grid cell by cell; what was typed stays on the page until the server has it.
(() => {
  const form = document.querySelector("[data-kp-grid]");
  if (!form) return;
  const status = form.querySelector("[data-kp-status]");
  const missing = form.querySelector("[data-kp-missing]");
  const cells = [...form.querySelectorAll("[data-kp-cell]")];
  if (!cells.length) return;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const plain = form.querySelector("[data-kp-plain]");
  const next = form.querySelector("[data-kp-next]");
  plain.hidden = true;
  next.hidden = false;
  const busy = new Set();

  // The reason stands beside the level it explains; the two are saved as one.
  const reasonOf = (cell) => cell.parentElement.querySelector("[data-kp-reason]");
  const isDirty = (cell) => {
    const reason = reasonOf(cell);
    return cell.value !== cell.dataset.kpSaved || Boolean(reason && reason.value !== reason.dataset.kpSaved);
  };
  const dirty = () => cells.filter(isDirty);
  const say = (text) => { status.textContent = text; };
  const note = (cell, text, isError) => {
    const place = cell.parentElement.querySelector("[data-kp-note]");
    place.textContent = text;
    place.classList.toggle("is-error", Boolean(isError));
  };

  function took(cell, value, reason, answer) {
    cell.dataset.kpSaved = value;
    if (reasonOf(cell)) reasonOf(cell).dataset.kpSaved = reason;
    cell.dataset.kpVersion = answer.version;
    cell.parentElement.querySelector("input[type=hidden]").value = answer.version;
    note(cell, "");
    if (answer.meter) {
      const meter = form.querySelector(`[data-kp-meter="${answer.meter.pool}"]`);
      if (meter) {
        meter.querySelector("b").textContent = `${answer.meter.used}/${answer.meter.limit}`;
        meter.classList.toggle("is-over", answer.meter.over);
      }
    }
    countMissing();
    if (!dirty().length) say(`Đã lưu ${answer.at}`);
  }

  function conflict(cell, mine, answer) {
    const theirs = answer.current;
    cell.dataset.kpVersion = theirs.version;
    cell.dataset.kpSaved = theirs.level === null ? "" : String(theirs.level);
    const label = [...cell.options].find((option) => option.value === cell.dataset.kpSaved);
    note(cell, `${theirs.by} vừa chọn ${(label && label.textContent.trim()) || "bỏ trống"} lúc ${theirs.at}. Chọn lại để giữ mức của đồng chí.`, true);
    say("Có ô do hai người cùng sửa");
  }

  // One request after the other: answers that overtake each other would leave an old count in the quota meter.
  let line = Promise.resolve();
  function save(cell) {
    if (busy.has(cell) || !isDirty(cell)) return;
    busy.add(cell);
    line = line.then(() => send(cell));
  }

  async function send(cell) {
    const value = cell.value;
    const reason = reasonOf(cell) ? reasonOf(cell).value : "";
    say("Đang lưu…");
    const body = new URLSearchParams({
      review: cell.closest("[data-kp-row]").dataset.kpRow,
      voice: cell.dataset.kpCell,
      level: value,
      reason,
      version: cell.dataset.kpVersion,
    });
    try {
      const reply = await fetch(form.dataset.kpGrid, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token, "X-Requested-With": "fetch", Accept: "application/json" },
      });
      if (reply.ok) took(cell, value, reason, await reply.json());
      else if (reply.status === 401) retryLater(cell, "Phiên làm việc đã hết hạn, chưa lưu. Hãy đăng nhập lại ở một thẻ khác.");
      else {
        const answer = await reply.json().catch(() => ({ message: "Máy chủ gặp lỗi, chưa lưu." }));
        if (answer.current) conflict(cell, value, answer);
        else { note(cell, answer.message, true); say("Chưa lưu"); }
      }
    } catch {
      retryLater(cell, "Mất mạng, chưa lưu");
    }
    busy.delete(cell);
    if (cell.value !== value || (reasonOf(cell) && reasonOf(cell).value !== reason)) save(cell);
  }

  let wait = 1;
  function retryLater(cell, text) {
    say(text);
    setTimeout(() => dirty().forEach(save), wait * 1000);
    wait = Math.min(wait * 2, 30);
  }
  addEventListener("online", () => { wait = 1; dirty().forEach(save); });

  function rowMissing(row) {
    const own = row.querySelector('[data-kp-cell="cell_vote"]');
    return own && !own.value ? own : null;
  }
  function countMissing() {
    const rows = [...form.querySelectorAll("[data-kp-row]")];
    const open = rows.filter((row) => row.querySelector('[data-kp-cell="cell_vote"]'));
    if (open.length) missing.textContent = open.filter(rowMissing).length;
  }
  next.addEventListener("click", () => {
    const cell = [...form.querySelectorAll("[data-kp-row]")].map(rowMissing).find(Boolean);
    if (cell) cell.focus();
    else say("Không còn dòng nào thiếu");
  });

  function move(cell, step) {
    const column = cells.filter((other) => other.dataset.kpCell === cell.dataset.kpCell);
    const target = column[column.indexOf(cell) + step];
    if (target) target.focus();
  }

  form.addEventListener("change", (event) => { 
    if (event.target.matches("[data-kp-cell]")) save(event.target);
    if (event.target.matches("[data-kp-reason]")) save(event.target.parentElement.querySelector("[data-kp-cell]"));
  });
  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("[data-kp-cell]") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^[0-4]$/.test(event.key)) {
      event.preventDefault();
      cell.value = event.key === "0" ? "" : event.key;
      save(cell);
    } else if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      move(cell, 1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      move(cell, -1);
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("beforeunload", (event) => { if (dirty().length) event.preventDefault(); });
})();
