import Testing

@testable import Detection

@Suite struct ATTACKTechniqueTests {
  @Test(arguments: [
    ("attack.t1047", "T1047"), ("T1546.003", "T1546.003"), ("attack.t1685", "T1562.001"), ("T1685.001", "T1562.002"),
    ("attack.t1685.005", "T1070.001"), ("attack.t1686.003", "T1562.004"), ("T1562.001", "T1562.001"),
    ("attack.t1685.006", "T1685.006"), ("attack.t1686", "T1686"),
  ])
  func idsOfBothReleasesAreOne(_ text: String, _ id: String) {
    #expect(ATTACKTechnique(text)?.id == id)
  }

  @Test(arguments: [
    "attack.execution", "attack.g0007", "attack.s0002", "attack.ta0002", "t104", "T10477", "T1047.1", "T1047.0011",
    "X1047", "T1047-001", "", "cve.2021-1", "attack.", "Ｔ1047", "detection.t1047",
  ])
  func otherTagsAreNoTechniques(_ text: String) {
    #expect(ATTACKTechnique(text) == nil)
  }

  @Test func aliasesLeadBack() {
    for pair in ATTACKTechnique.renumbered {
      #expect(ATTACKTechnique(pair.release18)?.aliases == [pair.release19])
      #expect(ATTACKTechnique(pair.release19) == ATTACKTechnique(pair.release18))
    }
    #expect(ATTACKTechnique("T1047")?.aliases == [])
  }

  @Test func tagsGiveTechniquesAndTactics() {
    let tags = ATTACKTags([
      "attack.t1685", "attack.T1047", "attack.t1562.001", "attack.lateral_movement", "attack.execution",
      "attack.stealth",
      "cve.2021-44228", "T1059", "attack.nonsense",
    ])
    #expect(tags.techniques.map(\.id) == ["T1047", "T1562.001"])
    #expect(tags.tactics == [.execution, .stealth, .lateralMovement])
    #expect(tags.tactics.map(\.release18) == [.execution, .defenseEvasion, .lateralMovement])
  }
}
