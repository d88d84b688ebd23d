#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
@testable import WindowsFormats

/// Writes the seeds of all targets: logs of every event definition and of odd shapes, cut to their used bytes;
/// exports in every shape, and archives in every format.
@main struct MakeSeeds {
  static func main() throws {
    guard CommandLine.arguments.count == 2 else { return }
    let folder = CommandLine.arguments[1]
    for path in ["", "/chunk", "/template", "/recovery", "/json-import", "/archive-member"] {
      _ = mkdir(folder + path, 0o755)
    }
    for (name, chunk) in try SeedLogs.all() {
      save(chunk, folder + "/chunk/" + name)
      if let seed = SeedLogs.templateSeed(chunk) { save(seed, folder + "/template/" + name) }
    }
    for (name, chunk) in try SeedLogs.wrapped() { save(chunk, folder + "/recovery/" + name) }
    for (name, text) in SeedExports.all { save(text, folder + "/json-import/" + name) }
    for (name, archive) in try SeedArchives.all() { save(archive, folder + "/archive-member/" + name) }
  }

  private static func save(_ bytes: [UInt8], _ path: String) {
    guard let file = fopen(path, "wb") else { return perror(path) }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}
