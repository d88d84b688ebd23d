import Foundation
import Testing

/// `yagura scenario`, and hunting in what it writes.
@Suite struct ScenarioTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func storiesAreToldInBothLanguages() throws {
    #expect(try Tool.run(["scenario", "list"]).text.contains("notpetya"))
    let english = try Tool.run(["scenario", "show", "notpetya"]).text
    #expect(english.contains("Public record") && english.contains("Inferred or invented"))
    #expect(try Tool.run(["scenario", "show", "notpetya", "--lang", "ja"]).text.contains("公開情報"))
    let unknown = try Tool.run(["scenario", "show", "nothing"])
    #expect(unknown.status == 2 && unknown.errors.contains("notpetya"))
  }

  @Test func aSeedGivesTheSameBytesAndNothingIsWrittenOver() throws {
    func write(_ name: String, _ seed: Int) throws -> String {
      let out = folder.path(name)
      let run = try Tool.run(["scenario", "write", "wmi_persistence", "--out", out, "--seed", "\(seed)"])
      #expect(run.status == 0, "\(run.errors)")
      return try Shell.output("cd '\(out)' && find . -type f | sort | xargs -d '\\n' sha256sum")
    }
    let first = try write("a", 7)
    #expect(first.split(separator: "\n").count > 10)
    #expect(try write("b", 7) == first)
    #expect(try write("c", 8) != first)
    let again = try Tool.run(["scenario", "write", "wmi_persistence", "--out", folder.path("a")])
    #expect(again.status == 74 && again.errors.contains("not empty"))
  }

  /// The chain from the first host to the end, each step on the hosts where it happened.
  @Test func theWayOfTheWormIsFound() throws {
    let out = folder.path("case")
    let written = try Tool.run(["scenario", "write", "notpetya", "--out", out])
    #expect(written.status == 0)
    let run = try Tool.run(["hunt", out, "--format", "jsonl"])
    #expect(run.status == 0)
    // What is said to be written is what is read; what the clearing of logs took is told apart.
    let read = try #require(try run.records.last?.number("records"))
    let told = written.text + written.errors
    #expect(told.contains("\(read) events of 5 hosts") && told.contains("lost when logs were cleared"), "\(told)")
    var hosts: [String: Set<String>] = [:]
    for line in try run.records where line.text("type") == "finding" {
      let host = line.text("host")?.split(separator: ".").first.map(String.init) ?? ""
      hosts[line.text("title") ?? "", default: []].insert(host)
    }
    let spread: Set = ["FS01", "WKS07", "DC01"]
    #expect(hosts["lsass Opened by a Program in a Folder That Users Can Write To"] == ["ACC01"])
    #expect(hosts["Password Given to WMIC on the Command Line"] == ["ACC01"])
    #expect(hosts["WMIC Creates a Process on Another Host"] == ["ACC01"])
    #expect(hosts["Explicit Credentials on One Host, WMI Child on the Other"] == ["ACC01"])
    #expect(hosts["Program Written to an Administrative Share"] == spread.union(["WKS12"]))
    #expect(hosts["Worm-Like Loader Started Through WMI"] == spread)
    #expect(hosts["File Copied to an Administrative Share and Started Through WMI"] == spread)
    #expect(hosts["Same Command Started Through WMI on Several Hosts"]?.count == 1)
    #expect(hosts["PsExec Run Under Another Name"] == ["FS01"])
    #expect(hosts["PsExec Service Installed"] == ["WKS12"])
    #expect(hosts["Restart of the Host Scheduled"] == spread.union(["ACC01", "WKS12"]))
    let cleared: Set = ["ACC01", "FS01", "WKS07", "WKS12"]
    #expect(hosts["Several Event Logs Cleared Together"] == cleared)
    #expect(hosts["Change Journal of a Volume Deleted"] == cleared)
    #expect(hosts["Raw Disk Opened by a Borrowed Windows Binary"] == cleared)
  }

  /// Two days of five hosts at work, before anything happened.
  @Test func anOrdinaryDayGivesNothingGrave() throws {
    let out = folder.path("case")
    #expect(try Tool.run(["scenario", "write", "notpetya", "--out", out, "--quiet"]).status == 0)
    let run = try Tool.run([
      "hunt", out, "--before", "2026-10-07T06:00:00Z", "--min-level", "medium", "--fail-level", "medium",
    ])
    #expect(run.status == 0, "\(run.text)")
  }
}
