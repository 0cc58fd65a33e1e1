// SPDX-License-Identifier: MIT
// The controls: run, step, speed, where we stand, search, looks.
#include <algorithm>
#include <cmath>

#include "gui/draw/compat.h"
#include "gui/draw/icons.h"
#include "gui/model/view.h"
#include "gui/panels/panel.h"

namespace gui {
namespace {

// Lays controls out from the left.
class Bar {
 public:
  Bar(Desk& desk, const Rect& r) : desk_(desk), look_(desk.look), paint_(paint_of(desk)), r_(r) {}

  float x = 0;

  void name() {
    const Theme& t = paint_.theme();
    x = look_.s(14);
    const float cell = look_.s(11), middle = r_.h / 2;
    for (unsigned i = 0; i < 4; ++i)
      paint_.rect({x + static_cast<float>(i & 1) * look_.s(13),
                   middle - look_.s(12) + static_cast<float>(i >> 1) * look_.s(13), cell, cell},
                  t.cpu[i], look_.s(2));
    x += look_.s(34);
    const std::string name = desk_.state.name.empty() ? "Lockstep" : desk_.state.name;
    const float room = look_.s(tight() == 0 ? 236.f : tight() == 1 ? 118.f : 84.f);
    const std::string sub = desk_.is_open()
                                ? cpus_text(desk_.state.config.cpus) + " \xC2\xB7 seed " +
                                      std::to_string(desk_.state.config.seed)
                                : "deterministic SMP";
    paint_.fitted(Font::kBold, x, middle - look_.s(19), room, t.text, name);
    paint_.fitted(Font::kTiny, x, middle + look_.s(3), room, t.muted, sub);
    desk_.probes.add("bar.name", {x, r_.y, room, r_.h}, name);
    x += room + look_.s(10);
  }

  // 0: room for all; 1: shorter words; 2: only what nobody can do without.
  static int tightness(const Look& look, float width) {
    return width >= look.s(1500) ? 0 : width >= look.s(1150) ? 1 : 2;
  }
  int tight() const { return tightness(look_, r_.w); }

  void transport() {
    const auto add = [&](const char* id, Icon icon, Action action, float w, bool enabled) {
      const bool primary = action == Action::kPlay;
      if (desk_.widgets.icon(id, at(w, 34), icon, primary, enabled)) desk_.act(action);
      desk_.widgets.tip(!enabled ? Desk::kNotOnThreads
                                 : std::string(info(action).help) + "  [" +
                                       std::string(info(action).keys) + "]");
      x += look_.s(w) + look_.s(5);
    };
    const float w = tight() > 0 ? 32 : 38;
    const bool steps = desk_.repeats();
    add("bar.start", Icon::kStart, Action::kStart, w, steps);
    add("bar.back", Icon::kBack, Action::kBack, w, steps);
    add("bar.play", desk_.state.playing ? Icon::kPause : Icon::kPlay, Action::kPlay, w + 14, true);
    add("bar.forward", Icon::kForward, Action::kForward, w, steps);
    add("bar.end", Icon::kEnd, Action::kEnd, w, true);
    x += look_.s(8);
  }

  void unit() {
    static const std::vector<std::string_view> kUnits = {"step", "line", "call", "event",
                                                         "\xC2\xB5s"};
    static constexpr run::Unit kOrder[] = {run::Unit::kStep, run::Unit::kLine, run::Unit::kFunction,
                                           run::Unit::kEvent, run::Unit::kMicrosecond};
    int now = 0;
    for (int i = 0; i < 5; ++i)
      if (kOrder[i] == desk_.settings.unit) now = i;
    if (tight() == 2) {  // one button that goes round
      if (desk_.widgets.button("bar.unit", at(56, 28), kUnits[static_cast<size_t>(now)], false,
                               desk_.repeats()))
        desk_.settings.unit = kOrder[(now + 1) % 5];
      desk_.widgets.tip(desk_.repeats() ? "How far a step goes" : Desk::kNotOnThreads);
      x += look_.s(64);
      return;
    }
    const int picked = desk_.widgets.segmented("unit", x, (r_.h - desk_.widgets.row()) / 2, kUnits,
                                               now, desk_.repeats() ? 0u : ~0u);
    if (picked >= 0) desk_.settings.unit = kOrder[picked];
    x += desk_.widgets.segmented_width(kUnits) + look_.s(8);
    std::string who = desk_.step_cpu ? "CPU " + std::to_string(*desk_.step_cpu) : "any CPU";
    if (desk_.widgets.button("bar.step-cpu", at(66, 28), who, false, desk_.repeats())) next_cpu();
    desk_.widgets.tip(desk_.repeats() ? "Whose steps these are: the machine's or one CPU's"
                                      : Desk::kNotOnThreads);
    x += look_.s(76);
  }

  void next_cpu() {
    const unsigned cpus = static_cast<unsigned>(desk_.state.cpus.size());
    const unsigned next = desk_.step_cpu ? *desk_.step_cpu + 1 : 0;
    desk_.step_cpu = next < cpus ? std::optional<unsigned>(next) : std::nullopt;
  }

  void speed() {
    const Theme& t = paint_.theme();
    const float last = static_cast<float>(speeds().size() - 1);
    float value = static_cast<float>(desk_.settings.speed) / last;
    const float w = tight() == 0 ? 110 : 56;
    if (desk_.widgets.slider("bar.speed", at(w, 20), &value, t.accent)) {
      const auto picked = static_cast<size_t>(std::lround(value * last));
      if (picked != desk_.settings.speed && desk_.machine)
        desk_.machine->set_speed(speeds()[picked].ns_per_second);
      desk_.settings.speed = picked;
    }
    x += look_.s(w) + look_.s(6);
    const Font font = tight() == 0 ? Font::kSmall : Font::kTiny;
    paint_.text(font, x, (r_.h - look_.line(font)) / 2, t.text,
                speeds()[desk_.settings.speed].label);
    x += look_.s(tight() == 0 ? 76 : 60);
  }

  // How it stands must always be seen; the clock gives way to it.
  void clock(float right) {
    const std::string state = state_words();
    const float left = right - paint_.badge_width(state) - look_.s(8);
    const Theme& t = paint_.theme();
    std::string now = moment_text(desk_.state.position.time_ns);
    Font font = Font::kMono;
    if (x + paint_.width(font, now) + look_.s(32) > left) {
      now = duration_text(static_cast<double>(desk_.state.position.time_ns));
      font = Font::kMonoSmall;
    }
    const float w = paint_.width(font, now) + look_.s(24);
    if (x + w + look_.s(8) <= left) {
      const Rect box = {x, (r_.h - look_.s(34)) / 2, w, look_.s(34)};
      paint_.rect(box, t.app, look_.s(5));
      paint_.centred(font, box, t.text, now);
      desk_.probes.add("bar.clock", box, now);
      x += w + look_.s(8);
    }
    verdict(state);
  }

  std::string state_words() const {
    std::string words = desk_.state.playing             ? "running"
                        : !desk_.state.busy.empty()     ? "compiling"
                        : !desk_.is_open()              ? "no machine"
                        : desk_.state.finished          ? desk_.state.verdict
                        : !desk_.state.findings.empty() ? desk_.state.verdict
                                                        : "paused";
    std::transform(words.begin(), words.end(), words.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return words;
  }

  void verdict(const std::string& words) {
    const Theme& t = paint_.theme();
    const auto& found = desk_.state.findings;
    const bool bad = !std::all_of(found.begin(), found.end(), is_warning);
    const bool good =
        desk_.state.playing || (desk_.state.finished && desk_.state.verdict == "clean");
    const float y = (r_.h - paint_.badge_height()) / 2, w = paint_.badge_width(words);
    paint_.badge(x, y, words,
                 good  ? t.good_soft
                 : bad ? t.bad_soft
                       : t.warn_soft,
                 good  ? t.good
                 : bad ? t.bad
                       : t.warn);
    desk_.probes.add("bar.state", {x, y, w, paint_.badge_height()}, words);
    x += w + look_.s(8);
  }

  Rect at(float w, float h) const {
    return {x, std::floor((r_.h - look_.s(h)) / 2), look_.s(w), look_.s(h)};
  }

 private:
  Desk& desk_;
  const Look& look_;
  Paint paint_;
  Rect r_;
};

void search_field(Desk& desk, const Rect& box) {
  const Look& look = desk.look;
  const Theme& t = *look.theme;
  const Paint paint = paint_of(desk);
  paint.rect(box, t.app, look.s(5));
  draw_icon(paint.list(), Icon::kSearch, {box.x + look.s(16), box.y + box.h / 2}, look.s(8),
            t.muted);
  const Face& face = look.face(Font::kSmall);
  compat::push_font(face.font, face.px);
  ImGui::SetCursorScreenPos({box.x + look.s(26), box.y + (box.h - face.px - look.s(8)) / 2});
  ImGui::SetNextItemWidth(box.w - look.s(34));
  if (desk.search.wanted) ImGui::SetKeyboardFocusHere();
  desk.search.wanted = false;
  const bool enter = ImGui::InputTextWithHint("##search", "Search   /", &desk.search.text,
                                              ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::PopFont();
  desk.probes.add("bar.search", box, desk.search.text);
  if (!enter) return;
  desk.act(ImGui::GetIO().KeyShift ? Action::kSearchPrevious : Action::kSearchNext);
  desk.search.wanted = true;
}

// From the right: help, menu, theme, font, search.
void looks(Desk& desk, const Rect& r, int tight) {
  const Look& look = desk.look;
  const float side = look.s(34), y = (r.h - side) / 2;
  float x = r.right() - look.s(12) - side;
  if (desk.widgets.button("bar.help", {x, y, side, side}, "?")) desk.act(Action::kHelp);
  x -= side + look.s(5);
  if (desk.widgets.icon("bar.menu", {x, y, side, side}, Icon::kMenu)) desk.act(Action::kMenu);
  desk.widgets.tip("Save and export");
  x -= side + look.s(5);
  if (desk.widgets.icon("bar.theme", {x, y, side, side}, Icon::kTheme)) desk.act(Action::kTheme);
  x -= side + look.s(5);
  if (desk.widgets.button("bar.font", {x, y, side, side}, "A+"))
    desk.act(look.scale < 1.49f ? Action::kFontLarger : Action::kFontNormal);
  // Where room is short the field comes when it is wanted, over what is beside it.
  int& open = desk.choice_of["search.open"];
  if (desk.search.wanted) open = 10;  // frames that it waits for the keyboard
  const float w = look.s(tight == 0 ? 190 : open != 0 ? 220 : 34);
  x -= w + look.s(8);
  if (tight == 0 || open != 0) {
    search_field(desk, {x, y, w, side});
    const bool typing = ImGui::GetIO().WantTextInput || !desk.search.text.empty();
    if (open > 0 && !typing) --open;
    return;
  }
  if (desk.widgets.icon("bar.search", {x, y, w, side}, Icon::kSearch)) desk.act(Action::kSearch);
}

}  // namespace

void draw_topbar(Desk& desk, const Rect& r) {
  const Paint paint = paint_of(desk);
  paint.rect(r, paint.theme().panel);
  paint.rect({r.x, r.bottom() - 1, r.w, 1}, paint.theme().border);
  Bar bar(desk, r);
  bar.name();
  bar.transport();
  bar.unit();
  bar.speed();
  const float right = r.right() - desk.look.s(bar.tight() == 0 ? 378 : 222);
  bar.clock(right);
  looks(desk, r, bar.tight());
}

}  // namespace gui
