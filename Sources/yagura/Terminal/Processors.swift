#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the machine offers.
enum Processors {
  /// Processors that this process may use.
  static var count: Int { max(1, min(256, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  static func sleep(milliseconds: UInt32) { usleep(milliseconds * 1000) }
}
