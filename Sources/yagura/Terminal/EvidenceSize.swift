#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The size of what was given, for progress: known beforehand for single files only, since walking a tree twice would
/// cost what the bar is worth.
enum EvidenceSize {
  static func of(_ paths: [String]) -> Int? {
    var total = 0
    for path in paths {
      var status = stat()
      guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      total += Int(status.st_size)
    }
    return total
  }

  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
