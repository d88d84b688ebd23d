#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Processor time of the calling thread while `body` runs: a hang shows in it, other work on the machine does not.
package func threadTime<E: Error>(_ body: () throws(E) -> Void) throws(E) -> Duration {
  let start = now()
  try body()
  return now() - start
}

private func now() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
