import Glibc

/// Files, folders and standard input.
extension EvidenceWalker {
  func start(_ next: Given) -> Step? {
    walked.removeAll(keepingCapacity: true)
    switch next {
    case .path("-"): return openStandardInput()
    case .path(let path): return open(given: FilePath(path))
    case .contents(let bytes, let name): return open(bytes, name: name)
    }
  }

  func advance(folderEntry entry: FolderListing.Entry?) -> Step? {
    guard let folder = folders.last, let entry else {
      folders.removeLast()
      return nil
    }
    let path = folder.path.appending(entry.name)
    return entry.isFolder ? list(path) : open(found: path)
  }

  private func list(_ path: FilePath) -> Step? {
    do throws(SystemFault) {
      let folder = try FolderListing(path: path)
      guard walked.insert(folder.identity).inserted else {
        let isAncestor = folders.contains { $0.identity == folder.identity }
        return diagnose(path.text, isAncestor ? .cycle : .duplicate, "folder-already-walked")
      }
      summary.folders += 1
      folders.append(folder)
      return nil
    } catch {
      return diagnose(path.text, .unreadable, error.word)
    }
  }

  /// A given path may be anything that can be read, pipes and devices included.
  private func open(given path: FilePath) -> Step? {
    do throws(SystemFault) {
      let status = try FileStatus(path: path)
      if status.isFolder { return list(path) }
      let descriptor = try open(path, flags: O_NOCTTY)
      if status.isRegular { return examine(regular: descriptor, path: path.text, name: path.name) }
      if status.isBlockDevice { return examine(device: descriptor, path: path.text, name: path.name) }
      return spool(descriptor, path: path.text, name: path.name)
    } catch {
      return diagnose(path.text, .unreadable, error.word)
    }
  }

  /// Inside a folder only regular files are read: opening a pipe would wait for its writer.
  private func open(found path: FilePath) -> Step? {
    do throws(SystemFault) {
      guard try FileStatus(path: path).isRegular else { return diagnose(path.text, .unsupported, "special-file") }
      // The file may have been exchanged for a pipe since it was looked at.
      let descriptor = try open(path, flags: O_NOCTTY | O_NONBLOCK)
      let status = try FileStatus(of: descriptor.number)
      guard status.isRegular else { return diagnose(path.text, .unsupported, "special-file") }
      return examine(regular: descriptor, status, path: path.text, name: path.name)
    } catch {
      return diagnose(path.text, .unreadable, error.word)
    }
  }

  private func open(_ path: FilePath, flags: Int32) throws(SystemFault) -> OwnedDescriptor {
    let number = path.withCString { Glibc.open($0, O_RDONLY | O_CLOEXEC | flags) }
    guard number >= 0 else { throw .last }
    return OwnedDescriptor(number)
  }

  private func openStandardInput() -> Step? {
    // A regular file that nothing was read from is opened anew, for a position of its own.
    if let status = try? FileStatus(of: STDIN_FILENO), status.isRegular, lseek(STDIN_FILENO, 0, SEEK_CUR) == 0,
      let descriptor = try? open(FilePath("/proc/self/fd/0"), flags: 0)
    {
      return examine(regular: descriptor, path: "-", name: "")
    }
    let copy = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { return diagnose("-", .unreadable, SystemFault.last.word) }
    return spool(OwnedDescriptor(copy), path: "-", name: "")
  }

  private func open(_ bytes: [UInt8], name: String) -> Step? {
    do throws(SystemFault) {
      let spool = try SpoolFile(folder: temporaryDirectory)
      try spool.write(bytes)
      return examine(spooled: spool, path: name, name: FilePath(name).name)
    } catch {
      return diagnose(name, .unreadable, error.word)
    }
  }

  /// Copies what cannot seek to where it can.
  private func spool(_ source: OwnedDescriptor, path: String, name: String) -> Step? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    do throws(SystemFault) {
      let spool = try SpoolFile(folder: temporaryDirectory)
      while true {
        let count = read(source.number, buffer.baseAddress, buffer.count)
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw .last }
        if count == 0 { break }
        try spool.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), at: spool.byteCount)
        if spool.byteCount > limits.maximumMemberBytes {
          return diagnose(path, .limitExceeded, ContainerBudget.Breach.memberBytes.rawValue, offset: spool.byteCount)
        }
      }
      return examine(spooled: spool, path: path, name: name)
    } catch {
      return diagnose(path, .unreadable, error.word)
    }
  }

  private func examine(spooled spool: SpoolFile, path: String, name: String) -> Step? {
    summary.files += 1
    return examine(
      Candidate(path: path, name: name, descriptor: spool.descriptor, byteCount: spool.byteCount))
  }

  private func examine(regular descriptor: OwnedDescriptor, path: String, name: String) -> Step? {
    do throws(SystemFault) {
      return examine(regular: descriptor, try FileStatus(of: descriptor.number), path: path, name: name)
    } catch {
      return diagnose(path, .unreadable, error.word)
    }
  }

  private func examine(regular descriptor: OwnedDescriptor, _ status: FileStatus, path: String, name: String) -> Step? {
    summary.files += 1
    return examine(
      Candidate(
        path: path, name: name, descriptor: descriptor, byteCount: status.byteCount,
        modificationTimeNanoseconds: status.modificationTimeNanoseconds))
  }

  private func examine(device descriptor: OwnedDescriptor, path: String, name: String) -> Step? {
    let byteCount = lseek(descriptor.number, 0, SEEK_END)
    guard byteCount >= 0 else { return diagnose(path, .unreadable, SystemFault.last.word) }
    summary.files += 1
    return examine(Candidate(path: path, name: name, descriptor: descriptor, byteCount: Int(byteCount)))
  }

  func diagnose(_ path: String, _ code: EvidenceDiagnostic.Code, _ detail: String, offset: Int? = nil) -> Step {
    .diagnostic(EvidenceDiagnostic(path: path, offset: offset, code: code, detail: detail))
  }
}
