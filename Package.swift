// swift-tools-version: 6.2
import PackageDescription

/// Every target is built with the same settings: Swift 6 language mode, imports that say who may see them,
/// and warnings that stop the build.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "yagura",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "yagura", targets: ["yagura"]),
    .library(name: "WindowsFormats", targets: ["WindowsFormats"]),
    .library(name: "Collect", targets: ["Collect"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C libraries of the system, each imported by one target only.
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CJSON", pkgConfig: "json-c", providers: [.apt(["libjson-c-dev"])]),
    .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),

    .target(name: "WindowsFormats", dependencies: ["CDeflate"]),
    .target(name: "Collect", dependencies: ["WindowsFormats", "CArchive", "CExpat", "CJSON"]),
    .target(name: "Sigma", dependencies: [.product(name: "Yams", package: "Yams")]),
    .target(
      name: "Detection", dependencies: ["WindowsFormats", "Sigma", "CNettle", "CPCRE2"], plugins: ["EmbedRules"]),
    .plugin(name: "EmbedRules", capability: .buildTool(), dependencies: ["embed-files"]),
    .executableTarget(name: "embed-files"),
    .target(
      name: "Assurance", dependencies: ["WindowsFormats", .product(name: "Yams", package: "Yams")],
      plugins: ["EmbedScenarios"]),
    .plugin(name: "EmbedScenarios", capability: .buildTool(), dependencies: ["embed-files"]),
    .executableTarget(
      name: "yagura",
      dependencies: [
        "WindowsFormats", "Collect", "Sigma", "Detection", "Assurance",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(name: "TestSupport", dependencies: ["WindowsFormats", "Sigma"], path: "Tests/TestSupport"),
    .testTarget(name: "BytesTests", dependencies: ["WindowsFormats", "TestSupport"]),
    .testTarget(name: "EventLogWriterTests", dependencies: ["WindowsFormats", "TestSupport"]),
    .testTarget(name: "EventLogTests", dependencies: ["WindowsFormats", "TestSupport"]),
    // Runs the program: depending on it has it built.
    .testTarget(name: "CommandTests", dependencies: ["yagura", "WindowsFormats", "TestSupport"]),
    .testTarget(name: "ExampleTests", dependencies: ["TestSupport"]),
    .testTarget(name: "EvidenceTests", dependencies: ["Collect", "WindowsFormats", "CArchive", "TestSupport"]),
    .testTarget(name: "SigmaTests", dependencies: ["Sigma", "WindowsFormats", "TestSupport"]),
    .testTarget(name: "ImportTests", dependencies: ["Collect", "WindowsFormats", "TestSupport"]),
    .testTarget(name: "CorrelationTests", dependencies: ["Detection", "Sigma"]),
    .testTarget(name: "LogSourceTests", dependencies: ["Detection", "Sigma", "WindowsFormats", "TestSupport"]),
    .testTarget(name: "RuleCacheTests", dependencies: ["Detection", "Sigma", "WindowsFormats", "TestSupport"]),
    .testTarget(name: "EngineTests", dependencies: ["Detection", "Sigma", "WindowsFormats", "TestSupport"]),
    .testTarget(
      name: "HuntTests",
      dependencies: ["yagura", "Assurance", "Collect", "Detection", "Sigma", "WindowsFormats"]),
    .testTarget(name: "ScenarioTests", dependencies: ["Assurance", "WindowsFormats", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where ![.system, .plugin].contains(target.type) {
  target.swiftSettings = (target.swiftSettings ?? []) + settings
}
