/// What a piece of evidence is, decided by its content; names count only where content says nothing.
public enum EvidenceKind: String, Sendable, Hashable, CaseIterable {
  /// An EVTX file, or what is left of one: `ElfFile` at the start, or `ElfChnk` at 0 or 4096 under a damaged header.
  case eventLog
  /// JSON text, in UTF-8 or UTF-16. Whether it holds events is for its importer to say.
  case jsonEvents
  /// XML text that holds an `<Event>` or `<Events>` element in its first 64 KiB, in UTF-8 or UTF-16.
  case xmlEvents
  /// A registry hive or one of its transaction logs (`regf`).
  case registryHive
  /// A file of a CIM repository, known by its name: `OBJECTS.DATA`, `INDEX.BTR`, `MAPPING1.MAP` and their like.
  case cimRepository
  /// A script, known by its extension.
  case script
  /// Managed Object Format: text by extension or by its own words, or compiled (`FOMB`).
  case mof
  /// None of these.
  case other
  /// No bytes at all.
  case empty
}
