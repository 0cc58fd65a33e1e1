// SPDX-License-Identifier: MIT
#include "sim/cli/report.h"

#include <fmt/format.h>

#include "sim/cli/stats.h"
#include "sim/run/executor.h"

namespace cli {

namespace {

Json to_json(const check::Finding& finding) {
  return {{"kind", finding.kind},       {"title", finding.title},     {"text", finding.text},
          {"explain", finding.explain}, {"cpu", finding.cpu},         {"task", finding.task},
          {"step", finding.step},       {"time_ns", finding.time_ns}, {"locks", finding.locks},
          {"steps", finding.steps}};
}

// Every line of text with `margin` before it.
std::string indented(const std::string& text, const std::string& margin) {
  std::string out = margin;
  for (size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\n' && i + 1 < text.size()) out += margin;
  }
  if (!out.ends_with('\n')) out += '\n';
  return out;
}

// One paragraph, broken at spaces before column `width`.
std::string wrapped(const std::string& text, const std::string& margin, size_t width) {
  std::string out, line;
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = text.find_first_of(" \n", begin);
    if (end == std::string::npos) end = text.size();
    const std::string word = text.substr(begin, end - begin);
    if (!line.empty() && margin.size() + line.size() + 1 + word.size() > width) {
      out += margin + line + "\n";
      line.clear();
    }
    if (!word.empty()) line += (line.empty() ? "" : " ") + word;
    begin = end + 1;
  }
  return line.empty() ? out : out + margin + line + "\n";
}

// That code should be clean goes without saying.
std::string expectation(const Result& result) {
  if (result.expected == "clean") return "";
  return result.as_expected() ? ", as expected" : ", but expected " + result.expected;
}

}  // namespace

std::string log_line(const run::LogLine& line) {
  return fmt::format("[{:5}.{:06}] {}", line.time_ns / 1'000'000'000,
                     line.time_ns / 1000 % 1'000'000, line.text);
}

std::string time_text(uint64_t ns) {
  const double value = static_cast<double>(ns);
  if (ns < 1000) return fmt::format("{} ns", ns);
  if (ns < 1'000'000) return fmt::format("{:.3f} us", value / 1e3);
  if (ns < 1'000'000'000) return fmt::format("{:.3f} ms", value / 1e6);
  return fmt::format("{:.3f} s", value / 1e9);
}

Json to_json(const Result& result) {
  const run::Session& session = result.session;
  const bool repeats = run::repeats(session.config());
  Json findings = Json::array(), log = Json::array(), stats = Json::object();
  for (const check::Finding& finding : session.findings()) findings.push_back(to_json(finding));
  for (const run::LogLine& line : session.log()) log.push_back(log_line(line));
  for (const auto& [name, count] : count_events(session.trace())) stats[name] = count;
  return {{"program", session.program().name},
          {"verdict", session.verdict()},
          {"expected", result.expected},
          {"findings", findings},
          {"log", log},
          {"steps", session.position().step},
          {"time_ns", session.position().time_ns},
          {"trace_hash", repeats ? Json(session.trace_hash()) : Json()},
          {"schedule", repeats ? Json(session.schedule()) : Json()},
          {"cpus", session.cpus()},
          {"stats", stats},
          {"replay", result.replay}};
}

std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_text(const Result& result) {
  const run::Session& session = result.session;
  std::string out;
  if (!session.log().empty()) out += "Kernel log\n";
  for (const run::LogLine& line : session.log()) out += "  " + log_line(line) + "\n";
  for (const check::Finding& finding : session.findings()) {
    out += fmt::format("\n{}: {} (step {}, CPU {}, {})\n", finding.kind, finding.title,
                       finding.step, finding.cpu, finding.task);
    out += indented(finding.text, "  ");
    if (!finding.explain.empty()) out += "\n" + wrapped(finding.explain, "  ", 98);
  }
  out += fmt::format("\n{}: {}{} after {} steps, {} of virtual time; {}\n", session.program().name,
                     session.verdict(), expectation(result), session.position().step,
                     time_text(session.position().time_ns),
                     run::repeats(session.config()) ? "trace " + session.trace_hash()
                                                    : "on threads, so no run is like another");
  return out;
}

}  // namespace cli
