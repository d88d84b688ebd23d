internal import Detection

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where compiled rules are kept between two runs.
enum RuleCaching {
  /// Nil where there is no place for one, or where a build of the program cannot be told from another.
  static var cache: RuleCache? {
    guard let folder, let program else { return nil }
    return RuleCache(folder: folder, program: program)
  }

  /// `YAGURA_CACHE`, else `yagura` among the user's caches (XDG Base Directory Specification: a path that is not
  /// absolute does not count).
  static var folder: String? {
    if let given = variable("YAGURA_CACHE") { return given }
    if let caches = variable("XDG_CACHE_HOME"), caches.hasPrefix("/") { return caches + "/yagura" }
    guard let home = variable("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.cache/yagura"
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The version, and the file that is running with its size and times: a build of the same version can mean another
  /// thing by the same rules.
  private static var program: String? {
    #if canImport(Glibc)
      var status = stat()
      guard stat("/proc/self/exe", &status) == 0 else { return nil }
      let written = status.st_mtim
      let changed = status.st_ctim
      let numbers = [
        Int(status.st_dev), Int(status.st_ino), Int(status.st_size), written.tv_sec, written.tv_nsec, changed.tv_sec,
        changed.tv_nsec,
      ]
      return ([Yagura.version] + numbers.map(String.init)).joined(separator: " ")
    #else
      return nil
    #endif
  }
}
