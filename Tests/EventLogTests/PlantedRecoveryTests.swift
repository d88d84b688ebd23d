import TestSupport
import Testing

@testable import WindowsFormats

/// Records with known content in slack, damaged in all the ways that slack is: what comes back is what was written, or
/// it comes back without names.
@Suite struct PlantedRecoveryTests {
  private static let seeds: [UInt64] = [7, 1009, 77_003]
  private static let rounds = 8

  /// Fields under wrong names are not tolerated at all. A number or time that nobody wrote comes from damage to a frame
  /// whose values are lost as well, so that nothing is left to compare it with; that is rarer than one in a thousand.
  @Test func whatIsRecoveredWasWrittenWhateverTheDamage() throws {
    var all = RecoveryScore()
    for damage in PlantedLog.Damage.allCases {
      let score = try PlantedRecoveryTests.score(damage)
      print(
        "recovery, \(damage): \(score.planted) planted, \(score.found) found, \(score.right) right, "
          + "\(score.unnamed) without names, \(score.wrong.count) wrong, \(score.invented.count) invented, "
          + "\(score.unmarked.count) unmarked")
      // A cut takes half of the records with it; all other damage leaves most frames whole.
      #expect(score.found * 10 > score.planted * (damage == .cut ? 4 : 9), "\(damage)")
      #expect(score.right * 4 > score.planted, "\(damage)")
      #expect(score.wrong == [], "\(damage)")
      #expect(score.unmarked == [], "\(damage)")
      all.add(score)
    }
    #expect(all.recovered >= 5_000)
    #expect((all.wrong.count + all.invented.count) * 1000 < all.recovered, "\(all.invented)")
  }

  @Test func undamagedSlackComesBackWhole() throws {
    let score = try PlantedRecoveryTests.score(.none)
    #expect(score.found == score.planted && score.invented == [])
    #expect(score.right * 10 > score.planted * 8)
  }

  private static func score(_ damage: PlantedLog.Damage) throws -> RecoveryScore {
    var score = RecoveryScore()
    for (index, seed) in seeds.enumerated() {
      var numbers = SeededNumbers(state: seed)
      for round in 0..<rounds {
        var log = try PlantedLog(round: index * rounds + round)
        log.damage(damage, &numbers)
        score.add(log.score())
      }
    }
    return score
  }
}
