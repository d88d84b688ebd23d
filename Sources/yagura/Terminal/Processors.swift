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

extension Processors {
  /// Today in UTC, `YYYY-MM-DD`.
  static var today: String {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    func digits(_ number: Int32, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return "\(digits(parts.tm_year + 1900, 4))-\(digits(parts.tm_mon + 1, 2))-\(digits(parts.tm_mday, 2))"
  }
}
