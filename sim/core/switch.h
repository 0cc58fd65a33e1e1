// SPDX-License-Identifier: MIT
// Fibers: how the host runs a task. Switching stacks, x86-64.
//
// A suspended fiber is a stack pointer; on its stack lie the address where it
// goes on, and rbx and rbp. The switch is inlined at its call site, so that
// calls and returns stay balanced (4 ns where a called one costs 16-91,
// measured in the design's prototypes).
//
// Rules: nothing instrumented by a sanitizer lives on a guest stack; no frame
// that is switched away from owns anything.
//
// So a sanitizer needs to be told of no fiber. What ThreadSanitizer keeps of a
// thread, its stack of calls, has only the host's frames on it, and these are as
// they were when a switch comes back or leave_to_fiber() lands. (Accessors that
// are not inlined then are instrumented and do run on guest stacks, but return
// before anything switches.)
#pragma once

#include <cstdint>

#if !defined(__x86_64__)
#error "the fiber switch is written for x86-64"
#endif

#define HOST_LEAF __attribute__((no_sanitize("address", "undefined", "thread"), no_stack_protector))

#if defined(__clang__)  // whose "thread" alone still counts calls and sees atomics
#undef HOST_LEAF
#define HOST_LEAF \
  __attribute__((no_sanitize("address", "undefined", "thread"), disable_sanitizer_instrumentation))
#endif

namespace sim {

// Leaves the running fiber (its pointer is stored in *from) for `to`.
__attribute__((always_inline)) HOST_LEAF inline void switch_fiber(void** from, void* to) {
  asm volatile(
      "leaq -128(%%rsp), %%rsp\n\t"  // spare the red zone
      "pushq %%rbp\n\t"
      "pushq %%rbx\n\t"
      "leaq 1f(%%rip), %%rax\n\t"
      "pushq %%rax\n\t"
      "movq %%rsp, (%%rdi)\n\t"
      "movq %%rsi, %%rsp\n\t"
      "popq %%rax\n\t"
      "jmpq *%%rax\n"
      "1:\n\t"
      "popq %%rbx\n\t"
      "popq %%rbp\n\t"
      "leaq 128(%%rsp), %%rsp\n\t"
      : "+D"(from), "+S"(to)
      :
      : "rax", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "memory", "cc",
        "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
        "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}

// Goes to a suspended fiber and never comes back.
[[noreturn]] HOST_LEAF inline void leave_to_fiber(void* to) {
  asm volatile(
      "movq %0, %%rsp\n\t"
      "popq %%rax\n\t"
      "jmpq *%%rax\n"
      :
      : "r"(to)
      : "memory");
  __builtin_unreachable();
}

// Prepares a new fiber that starts in entry() (which never returns) on a stack
// that ends at `top`.
HOST_LEAF inline void* new_fiber(uintptr_t top, void (*entry)()) {
  auto* sp = reinterpret_cast<uintptr_t*>((top & ~uintptr_t{15}) - 8);
  *sp = 0;  // a return address of nothing: entry() sees an aligned stack
  *--sp = reinterpret_cast<uintptr_t>(entry);
  return sp;
}

// Calls function(argument) on another stack and returns here.
__attribute__((always_inline)) HOST_LEAF inline void call_on_stack(void* sp,
                                                                   void (*function)(void*),
                                                                   void* argument) {
  asm volatile(
      "movq %%rsp, %%rbx\n\t"
      "movq %[sp], %%rsp\n\t"
      "callq *%[function]\n\t"
      "movq %%rbx, %%rsp\n\t"
      : "+D"(argument), [function] "+r"(function), [sp] "+r"(sp)
      :
      : "rbx", "rax", "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "memory", "cc", "xmm0", "xmm1",
        "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12",
        "xmm13", "xmm14", "xmm15");
}

}  // namespace sim
