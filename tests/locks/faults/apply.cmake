# SPDX-License-Identifier: MIT
# Copies the source that a .fault file names, with the fault in it:
#   cmake -DFAULT=x.fault -DHOME=. -DOUT=x.cpp -P apply.cmake
# The fault's text must occur exactly once: when the algorithm changes, the
# fault has to be thought over.
file(READ ${FAULT} text)
string(REGEX MATCH "file: ([^\n]*)" unused "${text}")
file(READ ${HOME}/${CMAKE_MATCH_1} source)

function(between begin end result)
  string(FIND "${text}" "${begin}" from)
  string(LENGTH "${begin}" skip)
  math(EXPR from "${from} + ${skip}")
  string(FIND "${text}" "${end}" to)
  math(EXPR length "${to} - ${from}")
  string(SUBSTRING "${text}" ${from} ${length} part)
  set(${result} "${part}" PARENT_SCOPE)
endfunction()
between("<<<<\n" "====\n" right)
between("====\n" ">>>>\n" wrong)

string(FIND "${source}" "${right}" first)
string(FIND "${source}" "${right}" last REVERSE)
if(first EQUAL -1 OR NOT first EQUAL last)
  message(FATAL_ERROR "${FAULT}: its text is not found once in ${CMAKE_MATCH_1}")
endif()
string(REPLACE "${right}" "${wrong}" source "${source}")
file(WRITE ${OUT} "${source}")
