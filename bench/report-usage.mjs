// Preloaded into a measured Node process: reports what the whole process used, on descriptor 3, as it exits.
import { readFileSync, writeSync } from 'node:fs';

const REPORT_FD = 3;

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  writeSync(REPORT_FD, JSON.stringify({ cpuSeconds, peakMiB: (ownPeakKiB() ?? maxRSS) / 1024 }));
});

/**
 * On Linux maxRSS survives exec, so it also counts the pages of the process that forked this one. The high
 * water mark of the address space starts anew.
 */
function ownPeakKiB() {
  if (process.platform !== 'linux') return undefined;
  const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'));
  return match ? Number(match[1]) : undefined;
}
