import Foundation
import TestSupport
import Testing
import WindowsFormats

/// Real exports, where the shared corpora are present and bsdtar can unpack them.
@Suite(.enabled(if: SharedCorpora.exist && FileManager.default.isExecutableFile(atPath: "/usr/bin/bsdtar")))
struct CorpusTests {
  /// One of each shape and packing: NXLog through Logstash, NXLog as it is, Winlogbeat 6, look-alikes without ids.
  @Test(arguments: [
    "OTRF+Security-Datasets/datasets/atomic/windows/persistence/host/covenant_persistwmi.tar.gz",
    "OTRF+Security-Datasets/datasets/atomic/windows/defense_evasion/host/wmic_remote_xsl_jscript.zip",
    "OTRF+Security-Datasets/datasets/atomic/windows/lateral_movement/host/covenant_sharpwmi_create_dcerpc_wmi.zip",
    "OTRF+Security-Datasets/datasets/atomic/windows/other/raccine_simulation_mode.zip",
    "hunters-forge+mordor/datasets/small/windows/execution/host/empire_invoke_wmi.tar.gz",
    "splunk+attack_data/datasets/attack_techniques/T1047/atomic_red_team/attack_data.tar.gz",
  ])
  func everyRecordOfAnExportIsRead(path: String) throws {
    let logs = try #require(SharedCorpora.root).appendingPathComponent("logs")
    let result = importing(try unpacked(logs.appendingPathComponent(path)), blockSize: 1 << 18)
    let inventory = try String(contentsOf: logs.appendingPathComponent("inventory.tsv"), encoding: .utf8)
    let row = try #require(inventoryRow(of: path, in: inventory))
    #expect(result.events.count == Int(row[3]) && result.notEvents == 0 && result.faults.isEmpty)
    try expectCitedRecords(of: path, in: result.events, logs)
  }

  private func inventoryRow(of path: String, in inventory: String) -> [Substring]? {
    for line in inventory.split(separator: "\n") {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard columns.count > 3 else { continue }
      let stored = columns[0].replacing("/", with: "+") + "/" + columns[1]
      if stored == path { return columns }
    }
    return nil
  }

  private func expectCitedRecords(of path: String, in events: [EventRecord], _ logs: URL) throws {
    let data = try Data(contentsOf: logs.appendingPathComponent("truth.json"))
    let truth = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let produced = Set(events.map { "\($0.channel ?? "") \($0.eventID ?? 0) \(idText($0.recordID))" })
    for detection in truth["detections"] as? [[String: Any]] ?? [] where detection["stored_as"] as? String == path {
      for record in detection["records"] as? [[String: Any]] ?? [] {
        let cited = "\(record["channel"] ?? "") \(record["event_id"] ?? "") \(record["record_id"] ?? "")"
        #expect(produced.contains(cited))
      }
    }
  }

  private func idText(_ id: EventRecord.RecordID) -> String {
    switch id {
    case .number(let number): "\(number)"
    case .ordinal(let position): "#\(position)"
    }
  }

  private func unpacked(_ file: URL) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/bsdtar")
    process.arguments = ["-xOf", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(data)
  }
}
