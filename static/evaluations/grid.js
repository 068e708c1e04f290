// Saves the grid cell by cell; what was typed stays on the page until the server has it.
(() => {
  const bar = document.querySelector("[data-kp-bar]");
  const cells = [...document.querySelectorAll("[data-kp-grid] select")];
  if (!bar || !cells.length) return;
  const status = bar.querySelector("[data-kp-status]");
  const missing = bar.querySelector("[data-kp-missing]");
  const next = bar.querySelector("[data-kp-next]");
  const ORDER = ["self", "committee", "cell_vote", "proposed", "deciding"]; // each is set against the one before; the agency's level stands beside
  document.querySelectorAll("[data-kp-plain]").forEach((button) => { button.hidden = true; });
  next.hidden = false;

  const voiceOf = (cell) => cell.name.split("-")[2];
  const named = (form, name) => form.elements.namedItem(name);
  const partOf = (cell, name) => named(cell.form, cell.name.replace("level", name));
  const cellOf = (field) => field.closest("[data-kp-grid]") && field.name ? named(field.form, field.name.replace(/^(reason|exemplary)/, "level")) : null;
  const textOf = (cell, name) => {
    const part = partOf(cell, name);
    if (!part) return "";
    return part.type === "checkbox" ? (part.checked ? "1" : "") : part.value;
  };
  const shown = (cell) => [cell.value, textOf(cell, "reason"), textOf(cell, "exemplary")].join("\n");
  // What the server sent, not what stands there now: somebody may have chosen before this script ran, and that is still to be saved.
  const sentBy = (part) => part.type === "checkbox" ? (part.defaultChecked ? "1" : "") : part.defaultValue;
  const served = (cell) => {
    const chosen = [...cell.options].find((option) => option.defaultSelected);
    const parts = ["reason", "exemplary"].map((name) => partOf(cell, name)).map((part) => (part ? sentBy(part) : ""));
    return [chosen ? chosen.value : cell.options[0].value, ...parts].join("\n");
  };
  const saved = new Map(cells.map((cell) => [cell, served(cell)]));
  // The head of the table stays below the bar, whose height follows its text.
  new ResizeObserver(() => document.documentElement.style.setProperty("--kp-bar-height", `${bar.offsetHeight}px`)).observe(bar);
  const isDirty = (cell) => saved.get(cell) !== shown(cell);
  const dirty = () => cells.filter(isDirty);
  const disputed = new Set(); // somebody else's value stands there: only a choice of one's own writes over it
  const say = (text) => { status.textContent = text; };

  function note(cell, text, isError) {
    let place = cell.parentElement.querySelector(".kp-cell-note");
    if (!place && text) {
      place = document.createElement("span");
      place.className = "kp-cell-note";
      cell.parentElement.append(place);
    }
    if (!place) return;
    place.textContent = text;
    place.classList.toggle("is-error", Boolean(isError));
  }

  // What the row says before this cell: another choice, or a level that is only read.
  function levelBefore(cell) {
    const row = cell.closest("[data-kp-row]");
    const level = (voice) => {
      const choice = row.querySelector(`select[name$="-${voice}"]`);
      const said = row.querySelector(`[data-kp-voice="${voice}"]`);
      return choice ? choice.value : said ? said.dataset.kpSaid : "";
    };
    return ORDER.slice(0, Math.max(ORDER.indexOf(voiceOf(cell)), 0)).map(level).filter(Boolean).pop() || "";
  }

  // A level that departs from the one before asks for its reason, in place: Tab leads there, Enter goes on down.
  function askReason(cell) {
    if (!ORDER.includes(voiceOf(cell))) return;
    const before = levelBefore(cell);
    if (partOf(cell, "reason") || !cell.value || !before || before === cell.value) return;
    const reason = document.createElement("input");
    reason.className = "kp-reason";
    reason.name = cell.name.replace("level-", "reason-");
    reason.maxLength = 400;
    reason.placeholder = "Ghi lý do";
    reason.setAttribute("aria-label", `${cell.getAttribute("aria-label")}, lý do khác ý kiến trước`);
    cell.parentElement.querySelector("input[type=hidden]").after(reason);
  }

  function took(cell, sent, answer) {
    saved.set(cell, sent);
    partOf(cell, "version").value = answer.version;
    note(cell, "");
    if (answer.meter) {
      const meter = bar.querySelector(`[data-kp-meter="${answer.meter.pool}"]`);
      if (meter) {
        meter.querySelector("b").textContent = `${answer.meter.used}/${answer.meter.limit}`;
        meter.querySelector("i").textContent = answer.meter.base;
        meter.classList.toggle("is-over", answer.meter.over);
      }
    }
    countMissing();
    if (!dirty().length) say(`Đã lưu ${answer.at}`);
  }

  function conflict(cell, answer) {
    const theirs = answer.current;
    partOf(cell, "version").value = theirs.version;
    const level = theirs.level === null ? "" : String(theirs.level);
    saved.set(cell, [level, theirs.reason || "", theirs.exemplary ? "1" : ""].join("\n"));
    const label = [...cell.options].find((option) => option.value === level);
    note(cell, `${theirs.by} vừa chọn ${(label && label.textContent.trim()) || "bỏ trống"} lúc ${theirs.at}. `, true);
    const keep = document.createElement("button");
    keep.type = "button";
    keep.className = "btn btn-sm";
    keep.textContent = "Giữ mức tôi đã nhập";
    keep.addEventListener("click", () => { save(cell); cell.focus(); });
    cell.parentElement.querySelector(".kp-cell-note").append(keep);
    disputed.add(cell);
    say("Có ô do hai người cùng sửa");
  }

  // One request after the other: answers that overtake each other would leave an old count in the quota meter.
  const busy = new Set();
  let line = Promise.resolve();
  function save(cell) {
    if (busy.has(cell) || !isDirty(cell)) return;
    busy.add(cell);
    disputed.delete(cell);
    line = line.then(() => send(cell));
  }

  async function send(cell) {
    const sent = shown(cell);
    const form = cell.form;
    say("Đang lưu…");
    const body = new URLSearchParams({
      review: cell.closest("[data-kp-row]").dataset.kpRow,
      voice: voiceOf(cell),
      level: cell.value,
      reason: textOf(cell, "reason"),
      exemplary: textOf(cell, "exemplary"),
      version: partOf(cell, "version").value,
    });
    try {
      const reply = await fetch(cell.closest("[data-kp-sheet]").dataset.kpSheet, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value, "X-Requested-With": "fetch", Accept: "application/json" },
      });
      if (reply.ok) took(cell, sent, await reply.json());
      else if (reply.status === 401) retryLater(cell, "Phiên làm việc đã hết hạn, chưa lưu. Hãy đăng nhập lại ở một thẻ khác.");
      else {
        const answer = await reply.json().catch(() => ({ message: "Máy chủ gặp lỗi, chưa lưu." }));
        if (answer.current) conflict(cell, answer);
        else { note(cell, answer.message, true); say("Chưa lưu"); }
      }
    } catch {
      retryLater(cell, "Mất mạng, chưa lưu");
    }
    busy.delete(cell);
    if (shown(cell) !== sent) save(cell);
  }

  let wait = 1;
  function retryLater(cell, text) {
    say(text);
    setTimeout(saveAll, wait * 1000);
    wait = Math.min(wait * 2, 30);
  }
  const saveAll = () => dirty().filter((cell) => !disputed.has(cell)).forEach(save);
  addEventListener("online", () => { wait = 1; saveAll(); });

  // A row has its level with the cell's vote; an organisation's row also with its own rating.
  const votes = cells.filter((cell) => voiceOf(cell) === "cell_vote");
  const isMissing = (vote) => {
    const row = vote.closest("[data-kp-row]");
    return !vote.value && !(row.hasAttribute("data-kp-unit") && row.querySelector("select[name$='-self']").value);
  };
  const lacking = () => votes.filter(isMissing);
  const readOnly = Number(missing.textContent) - lacking().length; // rows that somebody else still has to fill
  function countMissing() {
    missing.textContent = readOnly + lacking().length;
    votes.forEach((vote) => vote.closest("[data-kp-row]").classList.toggle("is-missing", isMissing(vote)));
    document.querySelectorAll("[data-kp-group-missing]").forEach((place) => {
      const own = votes.filter((vote) => vote.closest("tbody").contains(place));
      if (own.length) place.textContent = own.filter(isMissing).length;
    });
  }
  next.addEventListener("click", () => {
    const cell = lacking()[0] || cells.find((one) => !one.value);
    if (cell) cell.focus();
    else say("Không còn dòng nào thiếu");
  });

  function move(cell, step) {
    const column = cells.filter((other) => voiceOf(other) === voiceOf(cell));
    const target = column[column.indexOf(cell) + step];
    if (target) target.focus();
  }

  function choose(cell) {
    const mark = partOf(cell, "exemplary");
    if (mark && mark.checked && cell.value !== "1") {
      mark.checked = false;
      note(cell, "Chỉ đề nghị tiêu biểu khi đề xuất mức cao nhất.", true);
    }
    askReason(cell);
    save(cell);
  }

  document.addEventListener("change", (event) => {
    const cell = cellOf(event.target);
    if (cell) choose(cell);
  });
  document.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
    const onCell = event.target === cell;
    if (onCell && /^[0-4]$/.test(event.key)) {
      event.preventDefault();
      cell.value = event.key === "0" ? "" : event.key;
      choose(cell);
    } else if (event.key === "Enter" || (onCell && event.key === "ArrowDown")) {
      event.preventDefault();
      save(cell);
      move(cell, 1);
    } else if (onCell && event.key === "ArrowUp") {
      event.preventDefault();
      move(cell, -1);
    }
  });
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-kp-grid]")) event.preventDefault(); });
  // A box shows one line of what was typed; on paper its whole text stands beside it.
  addEventListener("beforeprint", () => document.querySelectorAll("[data-kp-grid] .kp-reason").forEach((box) => {
    let text = box.parentElement.querySelector(".kp-printed");
    if (!text) { text = document.createElement("span"); text.className = "kp-printed"; text.setAttribute("aria-hidden", "true"); box.after(text); }
    text.textContent = box.value;
  }));
  addEventListener("beforeunload", (event) => { if (dirty().length) event.preventDefault(); });
  saveAll();
})();
