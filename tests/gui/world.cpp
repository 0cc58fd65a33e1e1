// SPDX-License-Identifier: MIT
#include "tests/gui/world.h"

namespace scene {
namespace {

struct Named {
  gui::Role role;
  uint32_t address;
  const char* name;
};

constexpr Named kNames[] = {
    {gui::Role::kTask, kTasks[0], "nginx/1024"},
    {gui::Role::kTask, kTasks[1], "redis-server/771"},
    {gui::Role::kTask, kTasks[2], "kworker/2:1"},
    {gui::Role::kTask, kTasks[3], "rcu_sched/14"},
    {gui::Role::kTask, 0x20005000, "swapper/3"},
    {gui::Role::kFunction, 0x11001000, "sys_sendto"},
    {gui::Role::kFunction, 0x11001100, "dev_queue_xmit"},
    {gui::Role::kFunction, 0x11001200, "net_rx_action"},
    {gui::Role::kFunction, 0x11001300, "process_one_work"},
    {gui::Role::kFunction, 0x11001400, "dst_gc_task"},
    {gui::Role::kFunction, 0x11001500, "rcu_gp_kthread"},
    {gui::Role::kLock, kDevLock, "&dev->lock"},
    {gui::Role::kLock, kRwsem, "&i_rwsem"},
    {gui::Role::kLock, kMmap, "&mm->mmap_lock"},
    {gui::Role::kIrq, 24, "irq24 eth0"},
    {gui::Role::kIrq, 0xec, "timer"},
    {gui::Role::kRcu, 418, "418"},
};

// One turn of 150 us from `t` on; the waits are long in every turn.
void turn(Writer& w, uint64_t t) {
  const auto irq = sim::Level::kHardirq, soft = sim::Level::kSoftirq;
  w.at(t).event(2, EV_RCU_GP_START, 0, 418).event(3, EV_RCU_LOCK);
  w.at(t + 4'000).event(1, EV_FUNC_ENTER, 0, 0, 0x11001000);
  w.at(t + 5'000).event(0, EV_FUNC_ENTER, 0, 0, 0x11001000);
  w.at(t + 14'000).event(0, EV_FUNC_ENTER, 0, 0, 0x11001100);
  w.at(t + 16'000).event(0, EV_LOCK_ACQUIRE, kDevLock).event(0, EV_LOCK_ACQUIRED, kDevLock);
  w.at(t + 18'000).event(2, EV_FUNC_ENTER, 0, 0, 0x11001300);
  w.at(t + 22'000).event(1, EV_IRQS_OFF).event(1, EV_HARDIRQ_ENTER, 0, 24, 0, irq);
  w.at(t + 28'000).event(1, EV_HARDIRQ_EXIT, 0, 24, 0, irq).event(1, EV_IRQS_ON);
  w.at(t + 28'100).event(1, EV_SOFTIRQ_ENTER, 0, 3, 0, soft);
  w.at(t + 32'000).event(1, EV_FUNC_ENTER, 0, 0, 0x11001200, soft);
  w.at(t + 34'000).event(0, EV_HARDIRQ_ENTER, 0, 24, 0, irq).event(0, EV_IRQS_OFF);
  w.at(t + 38'000).event(1, EV_LOCK_ACQUIRE, kDevLock, 0, 0, soft);
  w.at(t + 38'000).event(1, EV_LOCK_CONTENDED, kDevLock, 0, 0, soft);
  w.at(t + 40'000).event(2, EV_IPI_SEND, 3, 0xfd);
  w.at(t + 46'000).event(0, EV_HARDIRQ_EXIT, 0, 24, 0, irq).event(0, EV_IRQS_ON);
  w.at(t + 48'000).event(3, EV_IRQ_DELIVER, 0, 0xfd).event(3, EV_HARDIRQ_ENTER, 0, 0xfd, 0, irq);
  w.at(t + 51'000).event(3, EV_HARDIRQ_EXIT, 0, 0xfd, 0, irq).event(3, EV_RCU_UNLOCK);
  w.at(t + 52'000).event(3, EV_TASK_SWITCH, kTasks[3]).event(3, EV_RCU_QS, 0, 3);
  w.at(t + 54'000).event(3, EV_FUNC_ENTER, 0, 0, 0x11001500).event(0, EV_RCU_QS, 0, 0);
  w.at(t + 60'000).event(2, EV_FUNC_ENTER, 0, 0, 0x11001400).event(2, EV_RCU_LOCK);
  w.at(t + 64'000).event(2, EV_NMI_ENTER, 0, 2, 0, sim::Level::kNmi);
  w.at(t + 69'000).event(2, EV_NMI_EXIT, 0, 2, 0, sim::Level::kNmi);
  w.at(t + 70'000).event(2, EV_LOCK_ACQUIRE, kDevLock).event(2, EV_LOCK_CONTENDED, kDevLock);
  w.at(t + 72'000).event(1, EV_RCU_QUEUE, 0x20009000, 1);
  w.at(t + 84'000).event(0, EV_LOCK_RELEASE, kDevLock);
  w.at(t + 84'600).event(1, EV_LOCK_ACQUIRED, kDevLock, 0, 0, soft);
  w.at(t + 86'000).event(0, EV_FUNC_EXIT);
  w.at(t + 94'000).event(1, EV_LOCK_RELEASE, kDevLock, 0, 0, soft);
  w.at(t + 94'500).event(2, EV_LOCK_ACQUIRED, kDevLock);
  w.at(t + 101'000).event(1, EV_FUNC_EXIT, 0, 0, 0, soft);
  w.at(t + 104'000).event(1, EV_SOFTIRQ_EXIT, 0, 3, 0, soft).event(1, EV_FUNC_EXIT);
  w.at(t + 112'000).event(2, EV_LOCK_RELEASE, kDevLock).event(2, EV_RCU_UNLOCK);
  w.at(t + 113'000).event(2, EV_FUNC_EXIT).event(2, EV_RCU_QS, 0, 2).event(1, EV_RCU_QS, 0, 1);
  w.at(t + 114'000).event(3, EV_RCU_GP_END, 0, 418).event(3, EV_RCU_INVOKE, 0x20009000, 1);
  w.at(t + 120'000).event(0, EV_LOCK_ACQUIRED, kRwsem);
  w.at(t + 130'000).event(0, EV_LOCK_RELEASE, kRwsem).event(0, EV_FUNC_EXIT);
  w.at(t + 132'000).event(2, EV_FUNC_EXIT).event(3, EV_FUNC_EXIT);
  w.at(t + 133'000).event(3, EV_TASK_SWITCH, 0x20005000);
}

void publish(gui::Published& s, const gui::Timeline& t, const std::string& source) {
  s.open = true;
  s.name = "irq-deadlock/broken";
  s.sources = {source};
  s.config.cpus = 4;
  s.config.sources = {{"eth0", 38000, "poisson", 0}, {"nvme0", 6000, "burst", 0}};
  s.position = {t.step_at(76'400), 76'400};
  s.furthest = {t.last_step, t.last_time};
  s.verdict = "lock-order";
  s.log = {{20, 22'000, 1, 6, "eth0: irq 24 -> raise NET_RX_SOFTIRQ"},
           {30, 38'000, 1, 4, "spinlock: CPU#1 contended on &dev->lock, owner nginx/1024"},
           {60, 76'000, 0, 3, "WARNING: possible irq lock inversion dependency detected"}};
  check::Finding f;
  f.kind = "lock-order";
  f.title = "WARNING: inconsistent lock state";
  f.explain =
      "CPU 0 takes &dev->lock with softirqs on, and a softirq takes it too. If that softirq "
      "comes while CPU 0 holds the lock, it waits for itself.";
  f.text = "================================\nWARNING: inconsistent lock state\n";
  f.time_ns = 76'000;
  f.step = t.step_at(76'000);
  s.findings = {f};
  const unsigned lines[] = {9, 4, 9, 15};
  for (unsigned n = 0; n < 4; ++n) {
    run::CpuView v;
    v.online = true;
    v.irqs_on = n != 3;
    v.preempt_count = n == 1 ? 0x101 : 1;
    v.level = n == 1 ? sim::Level::kSoftirq : sim::Level::kTask;
    v.task = {kTasks[n], static_cast<int>(n) + 100, "task"};
    v.where.function = "function";
    v.user_where = run::Location{source, lines[n], "worker", 0, 0, true};
    v.next = "write counter";
    s.cpus.push_back(v);
  }
  s.apics.resize(4);
  s.apics[1].requested = {0xfd};
  s.apics[1].serving = {0x30};
  s.apics[2].softirqs_pending = 1u << 3 | 1u << 6;
  s.apics[2].tasklets = 12;
  s.apics[2].hi_tasklets = 1;
  run::SourceView eth0;
  eth0.name = "eth0", eth0.rate_hz = 38'000, eth0.pattern = "poisson", eth0.line = 24;
  eth0.enabled = true, eth0.cpus = 3, eth0.raised = 13, eth0.delivered = 12, eth0.lost = 1;
  run::SourceView disk = eth0;
  disk.name = "nvme0", disk.rate_hz = 0, disk.line = 25, disk.enabled = false, disk.cpus = 8;
  s.sources_now = {eth0, disk};
  s.options = {{0, "CPU 0: write counter (lost.c:14)"}, {64, "raise eth0"}};
}

}  // namespace

void fill_desk(gui::Desk& desk, const std::string& source_path) {
  Writer w(4);
  for (unsigned cpu = 0; cpu < 3; ++cpu) w.at(1).event(cpu, EV_TASK_SWITCH, kTasks[cpu]);
  w.at(1).event(3, EV_TASK_SWITCH, 0x20005000);
  for (uint64_t k = 0; k < 13; ++k) turn(w, k * 150'000);
  desk.feed = std::make_unique<gui::Feed>(4);
  index(*desk.feed, w.trace);
  gui::Timeline& t = desk.feed->timeline();
  for (const Named& n : kNames) t.things.name(t.things.get(n.role, n.address), n.name);
  publish(desk.state, t, source_path);
  desk.refresh(0.01f);
  desk.cursor = 76'400;
  desk.span.fit = false;
  desk.span.view = {0, 150'000};
  run::Lesson lesson;
  lesson.name = "irq-deadlock";
  lesson.title = "Locks shared with interrupts";
  lesson.chapter = "3 Interrupts";
  lesson.question = "May a softirq take the lock that the task below it holds?";
  lesson.expect_broken = "lock-order";
  lesson.expect_fixed = "clean";
  lesson.text =
      "CPU 0 takes `dev->lock` in process context.\n\n## What to watch\n- The longest wait "
      "on CPU 1. Press N.\n- Who holds the lock, and at which line?\n";
  desk.course.lessons = {lesson, lesson, lesson};
  desk.course.lessons[1].name = "lost-update";
  desk.course.lessons[1].title = "A counter that two CPUs add to";
  desk.course.lessons[2].name = "seqcount";
  desk.course.lessons[2].title = "Sequence counters";
  desk.course.done = {"lost-update"};
  desk.course.at = 0;
}

}  // namespace scene
