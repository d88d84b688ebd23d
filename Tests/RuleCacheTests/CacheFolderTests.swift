import Foundation
import Sigma
import Testing

@testable import Detection

/// Where cache files lie, who may have written them, and how many there are.
@Suite struct CacheFolderTests {
  private func cache(_ folder: TemporaryFolder, program: String = "p") -> RuleCache {
    RuleCache(folder: folder.path("cache"), program: program)
  }

  private func book(_ cache: RuleCache?, _ files: [SampleRules.File] = SampleRules.files) -> RuleBook {
    RuleBook(files: files, settings: Sample.settings, cache: cache)
  }

  private func cacheFile(_ folder: TemporaryFolder, program: String = "p") -> String {
    folder.path("cache/" + RuleCache.name(of: Sample.key(program: program)))
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  private func isKept(_ folder: TemporaryFolder, program: String = "p") -> Bool {
    cache(folder, program: program).contents(for: Sample.key(program: program)) != nil
  }

  @Test func secondBookIsTheFirst() throws {
    let folder = try TemporaryFolder()
    let plain = BookImage(book(nil))
    #expect(!isKept(folder))
    #expect(BookImage(book(cache(folder))) == plain)
    #expect(isKept(folder))
    #expect(BookImage(book(cache(folder))) == plain)
  }

  @Test func filesAndFolderAreTheUsersAlone() throws {
    let folder = try TemporaryFolder()
    _ = book(cache(folder))
    #expect(mode(folder.path("cache")) == 0o700)
    #expect(mode(cacheFile(folder)) == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("cache")).count == 1)
  }

  @Test func changedRuleIsCompiledAnew() throws {
    let folder = try TemporaryFolder()
    _ = book(cache(folder))
    var files = SampleRules.files
    files[0].text = Array(
      String(decoding: files[0].text, as: UTF8.self).replacing("title: Process", with: "title: Changed").utf8)
    #expect(book(cache(folder), files).rules[0].title.en == "Changed")
    #expect(book(cache(folder)).rules[0].title.en == "Process")
  }

  @Test func damagedFileIsWrittenAnew() throws {
    let folder = try TemporaryFolder()
    let plain = BookImage(book(cache(folder)))
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: cacheFile(folder)))
    try handle.truncate(atOffset: 100)
    try handle.close()
    #expect(!isKept(folder))
    #expect(BookImage(book(cache(folder))) == plain)
    #expect(isKept(folder))
  }

  // MARK: Trust

  @Test func fileThatOthersMayWriteIsNotTaken() throws {
    let folder = try TemporaryFolder()
    _ = book(cache(folder))
    for mode in [0o620, 0o602, 0o666] as [mode_t] {
      chmod(cacheFile(folder), mode)
      #expect(!isKept(folder))
    }
    chmod(cacheFile(folder), 0o600)
    #expect(isKept(folder))
  }

  @Test func folderThatOthersMayWriteIsNotUsed() throws {
    let folder = try TemporaryFolder()
    _ = book(cache(folder))
    chmod(folder.path("cache"), 0o777)
    #expect(!isKept(folder))
    #expect(BookImage(book(cache(folder), SampleRules.files)) == BookImage(book(nil)))
    chmod(folder.path("cache"), 0o755)
    #expect(isKept(folder))
  }

  @Test func linksAreNotFollowed() throws {
    let folder = try TemporaryFolder()
    _ = book(cache(folder))
    let file = cacheFile(folder)
    rename(file, folder.path("elsewhere"))
    symlink(folder.path("elsewhere"), file)
    #expect(!isKept(folder))
    // Writing takes the link's place, not that of what it leads to.
    _ = book(cache(folder))
    #expect(isKept(folder))
    rename(folder.path("cache"), folder.path("real"))
    symlink(folder.path("real"), folder.path("cache"))
    #expect(!isKept(folder))
  }

  @Test func pipeIsNotWaitedFor() throws {
    let folder = try TemporaryFolder()
    _ = book(cache(folder))
    unlink(cacheFile(folder))
    mkfifo(cacheFile(folder), 0o600)
    #expect(!isKept(folder))
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
  func fileAndFolderOfSomebodyElseAreNotTaken() throws {
    let folder = try TemporaryFolder()
    _ = book(cache(folder))
    chown(cacheFile(folder), 12_345, 0)
    #expect(!isKept(folder))
    chown(cacheFile(folder), 0, 0)
    #expect(isKept(folder))
    chown(folder.path("cache"), 12_345, 0)
    #expect(!isKept(folder))
  }

  @Test func folderThatCannotBeMadeIsDoneWithout() throws {
    let folder = try TemporaryFolder()
    #expect(FileManager.default.createFile(atPath: folder.path("cache"), contents: Data()))
    #expect(BookImage(book(cache(folder))) == BookImage(book(nil)))
    let lost = RuleCache(folder: folder.path("a/b/c/d"), program: "p")
    #expect(BookImage(book(lost)) == BookImage(book(nil)))
    #expect(BookImage(book(RuleCache(folder: "", program: "p"))) == BookImage(book(nil)))
    #expect(folder.names == ["cache"])
  }

  // MARK: Room

  @Test func keepsTheFilesThatWereUsedLast() throws {
    let folder = try TemporaryFolder()
    for number in 0..<8 {
      _ = book(cache(folder, program: "\(number)"))
      setTime(cacheFile(folder, program: "\(number)"), 1_700_000_000 + number)
    }
    #expect((0..<8).allSatisfy { exists(cacheFile(folder, program: "\($0)")) })
    // The oldest is used again, so the next one has to go.
    #expect(isKept(folder, program: "0"))
    _ = book(cache(folder, program: "8"))
    #expect((0...8).filter { !exists(cacheFile(folder, program: "\($0)")) } == [1])
  }

  @Test func removesWhatStoppedWritersLeftAndNothingElse() throws {
    let folder = try TemporaryFolder()
    _ = book(cache(folder))
    for name in ["new-1-1", "new-2-2", "mine.txt"] {
      #expect(FileManager.default.createFile(atPath: folder.path("cache/\(name)"), contents: Data()))
    }
    setTime(folder.path("cache/new-1-1"), 1_700_000_000)
    setTime(folder.path("cache/mine.txt"), 1_700_000_000)
    _ = book(cache(folder, program: "next"))
    #expect(!exists(folder.path("cache/new-1-1")))
    #expect(exists(folder.path("cache/new-2-2")) && exists(folder.path("cache/mine.txt")))
  }

  private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private func setTime(_ path: String, _ seconds: Int) {
    var times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
    utimensat(AT_FDCWD, path, &times, 0)
  }

  @Test func writersAtTheSameTimeDoNotDisturbEachOther() async throws {
    let folder = try TemporaryFolder()
    let plain = BookImage(book(nil))
    let path = folder.path("cache")
    let areSame = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<32 {
        group.addTask {
          let cache = RuleCache(folder: path, program: number % 2 == 0 ? "even" : "p")
          return BookImage(RuleBook(files: SampleRules.files, settings: Sample.settings, cache: cache)) == plain
        }
      }
      return await group.reduce(true) { $0 && $1 }
    }
    #expect(areSame)
    #expect(isKept(folder))
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 2)
  }
}
