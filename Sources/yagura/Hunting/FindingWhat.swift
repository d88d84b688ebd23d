internal import Detection

/// What a finding is about, in a line, and where it stands.
enum FindingWhat {
  /// Values that the report says elsewhere, or that only a program wants.
  private static let saidElsewhere: Set<String> = ["value", "first", "last", "furtherEvents"]

  static func text(of finding: Finding) -> String {
    guard finding.detector.hasPrefix("correlation:") else { return onOneLine(finding.summary) }
    let fields = finding.fields.filter { !saidElsewhere.contains($0.name) }
    return onOneLine(fields.map { "\($0.name)=\($0.value)" }.joined(separator: "; "))
  }

  /// Runs of line breaks and tabs, as in listings of WMI objects, as one blank.
  private static func onOneLine(_ text: String) -> String {
    text.split { "\n\r\t".unicodeScalars.contains($0.unicodeScalars.first ?? " ") }.joined(separator: " ")
  }

  /// Places of the first findings, the records of one file together.
  static func evidence(of group: HuntSummary.Group) -> String {
    var files: [(name: String, isRecovered: Bool, records: [String])] = []
    let shown = group.samples.flatMap(\.evidence).prefix(HuntSummary.sampleLimit)
    for item in shown {
      let record = FindingWriter.text(item.recordID)
      if let index = files.firstIndex(where: { $0.name == item.file && $0.isRecovered == item.isRecovered }) {
        if !files[index].records.contains(record) { files[index].records.append(record) }
      } else {
        files.append((item.file, item.isRecovered, [record]))
      }
    }
    let places = files.map { file in
      "\(Terminal.visible(file.name)) \(Say.huntRecords(file.records, areRecovered: file.isRecovered).text)"
    }
    let further = group.evidenceCount - shown.count
    return places.joined(separator: "; ") + (further > 0 ? " " + Say.huntAndMore(further).text : "")
  }
}

/// Hosts without their domain, where that is clear enough.
struct HostNames {
  private let isShort: Bool

  init(_ hosts: some Collection<String>) {
    isShort = Set(hosts.map { HostNames.short($0).lowercased() }).count == hosts.count
  }

  subscript(host: String) -> String {
    let name = isShort ? HostNames.short(host) : host
    return name.isEmpty ? "-" : Terminal.visible(name)
  }

  private static func short(_ host: String) -> String {
    // An address is no name with a domain.
    guard host.contains(where: \.isLetter), !host.contains(":") else { return host }
    return host.split(separator: ".").first.map(String.init) ?? host
  }
}
