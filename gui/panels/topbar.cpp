// SPDX-License-Identifier: MIT
// The controls: run, step, speed, where we stand, search, looks.
#include <algorithm>
#include <cmath>

#include "gui/draw/compat.h"
#include "gui/draw/icons.h"
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
    const float room = look_.s(compact() ? 130 : 236);
    const std::string sub = desk_.is_open()
                                ? std::to_string(desk_.state.config.cpus) + " CPUs \xC2\xB7 seed " +
                                      std::to_string(desk_.state.config.seed)
                                : "deterministic SMP";
    paint_.fitted(Font::kBold, x, middle - look_.s(19), room, t.text, name);
    paint_.fitted(Font::kTiny, x, middle + look_.s(3), room, t.muted, sub);
    desk_.probes.add("bar.name", {x, r_.y, room, r_.h}, name);
    x += room + look_.s(10);
  }

  bool compact() const { return r_.w < look_.s(1500); }

  void transport() {
    const auto add = [&](const char* id, Icon icon, Action action, float w, bool primary) {
      if (desk_.widgets.icon(id, at(w, 34), icon, primary)) desk_.act(action);
      desk_.widgets.tip(std::string(info(action).help) + "  [" + std::string(info(action).keys) +
                        "]");
      x += look_.s(w) + look_.s(5);
    };
    const float w = compact() ? 32 : 38;
    add("bar.start", Icon::kStart, Action::kStart, w, false);
    add("bar.back", Icon::kBack, Action::kBack, w, false);
    add("bar.play", desk_.state.playing ? Icon::kPause : Icon::kPlay, Action::kPlay, w + 14, true);
    add("bar.forward", Icon::kForward, Action::kForward, w, false);
    add("bar.end", Icon::kEnd, Action::kEnd, w, false);
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
    const int picked =
        desk_.widgets.segmented("unit", x, (r_.h - desk_.widgets.row()) / 2, kUnits, now);
    if (picked >= 0) desk_.settings.unit = kOrder[picked];
    x += desk_.widgets.segmented_width(kUnits) + look_.s(8);
    std::string who = desk_.step_cpu ? "CPU " + std::to_string(*desk_.step_cpu) : "any CPU";
    if (desk_.widgets.button("bar.step-cpu", at(66, 28), who)) next_cpu();
    desk_.widgets.tip("Whose steps these are: the machine's or one CPU's");
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
    const float w = compact() ? 70 : 110;
    if (desk_.widgets.slider("bar.speed", at(w, 20), &value, t.accent)) {
      const auto picked = static_cast<size_t>(std::lround(value * last));
      if (picked != desk_.settings.speed && desk_.machine)
        desk_.machine->set_speed(speeds()[picked].ns_per_second);
      desk_.settings.speed = picked;
    }
    x += look_.s(w) + look_.s(6);
    paint_.text(Font::kSmall, x, (r_.h - look_.line(Font::kSmall)) / 2, t.text,
                speeds()[desk_.settings.speed].label);
    x += look_.s(76);
  }

  void clock(float right) {
    const Theme& t = paint_.theme();
    const std::string now = moment_text(desk_.state.position.time_ns);
    const float w = paint_.width(Font::kMono, now) + look_.s(24);
    if (x + w + look_.s(90) > right) return;
    const Rect box = {x, (r_.h - look_.s(34)) / 2, w, look_.s(34)};
    paint_.rect(box, t.app, look_.s(5));
    paint_.centred(Font::kMono, box, t.text, now);
    desk_.probes.add("bar.clock", box, now);
    x += w + look_.s(8);
    verdict(right);
  }

  void verdict(float right) {
    const Theme& t = paint_.theme();
    const bool bad = !desk_.state.findings.empty();
    std::string words = desk_.state.playing         ? "RUNNING"
                        : !desk_.state.busy.empty() ? "COMPILING"
                        : desk_.state.finished      ? desk_.state.verdict
                        : bad                       ? desk_.state.findings.back().kind
                                                    : "PAUSED";
    std::transform(words.begin(), words.end(), words.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const float y = (r_.h - paint_.badge_height()) / 2, w = paint_.badge_width(words);
    if (x + w > right) return;
    const bool running = desk_.state.playing;
    const bool clean = desk_.state.finished && desk_.state.verdict == "clean";
    paint_.badge(x, y, words,
                 running || clean ? t.good_soft
                 : bad            ? t.bad_soft
                                  : t.warn_soft,
                 running || clean ? t.good
                 : bad            ? t.bad
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

// From the right: help, theme, font, search. Returns their left edge.
float looks(Desk& desk, const Rect& r, bool compact) {
  const Look& look = desk.look;
  const float side = look.s(34), y = (r.h - side) / 2;
  float x = r.right() - look.s(12) - side;
  if (desk.widgets.button("bar.help", {x, y, side, side}, "?")) desk.act(Action::kHelp);
  x -= side + look.s(5);
  if (desk.widgets.icon("bar.theme", {x, y, side, side}, Icon::kTheme)) desk.act(Action::kTheme);
  x -= side + look.s(5);
  if (desk.widgets.button("bar.font", {x, y, side, side}, "A+"))
    desk.act(look.scale < 1.49f ? Action::kFontLarger : Action::kFontNormal);
  const float w = look.s(compact ? 130 : 210);
  x -= w + look.s(8);
  search_field(desk, {x, y, w, side});
  return x - look.s(8);
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
  bar.clock(looks(desk, r, bar.compact()));
}

}  // namespace gui
