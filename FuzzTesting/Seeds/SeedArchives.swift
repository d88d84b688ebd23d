import CArchive
@testable import WindowsFormats

/// Small archives in every format that is opened, each with a log, an export, and what is passed over.
enum SeedArchives {
  static func all() throws -> [(String, [UInt8])] {
    let log = try oneRecordLog()
    let members = [
      ArchiveBuilder.Member("a/b.evtx", log), .init("c.jsonl", Array(##"{"EventID":1,"Channel":"C"}"##.utf8)),
      .init("folder/", []), .init("x.txt", [1, 2, 3]), .init("d.xml", Array(Samples.xml.utf8)),
    ]
    var seeds = try writers.map { ($0.0, try $0.1.build(members)) }
    let export = Array((Samples.evtxDump + "\n" + Samples.nxlogBinding).utf8)
    for (name, filter) in filters {
      seeds.append(("export-\(name)", try ArchiveBuilder.compressed(filter, export)))
      let tar = try ArchiveBuilder(format: ARCHIVE_FORMAT_TAR_USTAR, filter: filter).build(members)
      seeds.append(("tar-\(name)", tar))
    }
    let inner = try ArchiveBuilder.zip.build([members[1]])
    seeds.append(("zip-in-zip", try ArchiveBuilder.zip.build([.init("i.zip", inner), .init("j.gz", seeds[0].1)])))
    seeds.append(
      (
        "gzip-in-tar",
        try ArchiveBuilder.tar.build([.init("i.gz", try ArchiveBuilder.compressed(ARCHIVE_FILTER_GZIP, export))])
      ))
    seeds.append(("zip-cut", Array(seeds[0].1.dropLast(60))))
    seeds.append(
      ("sparse-tar", try ArchiveBuilder.tar.build([.init("s.evtx", log, zeroCount: 70_000, isSparse: true)])))
    seeds.append(("log", log))
    return seeds
  }

  private static let filters: [(String, Int32)] = [
    ("gzip", ARCHIVE_FILTER_GZIP), ("bzip2", ARCHIVE_FILTER_BZIP2), ("xz", ARCHIVE_FILTER_XZ),
    ("zstandard", ARCHIVE_FILTER_ZSTD),
  ]

  private static var writers: [(String, ArchiveBuilder)] {
    var legacy = ArchiveBuilder.zip
    legacy.namesAreUTF8 = false
    var stored = ArchiveBuilder.zip
    stored.options = "zip:compression=store"
    var writers = [
      ("zip", ArchiveBuilder.zip), ("zip-legacy", legacy), ("zip-stored", stored), ("tar-pax", .tar),
      ("tar-gnu", ArchiveBuilder(format: ARCHIVE_FORMAT_TAR_GNUTAR)),
    ]
    for method in ["lzma1", "lzma2", "ppmd", "deflate", "bzip2", "store"] {
      var writer = ArchiveBuilder.sevenZip
      writer.options = "7zip:compression=\(method)"
      writers.append(("7z-\(method)", writer))
    }
    return writers
  }

  /// A log whose only chunk ends behind its record.
  private static func oneRecordLog() throws -> [UInt8] {
    let definition = EventLogWriter.EventDefinition.all[0]
    return try SeedLogs.log { try $0.append(try definition.event(time: 133_601_526_001_234_560, computer: "PC", [:])) }
  }
}
