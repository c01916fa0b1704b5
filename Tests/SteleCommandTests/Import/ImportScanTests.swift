// Files before they are sent: what is found in them, what their references mean, and in which parts they go.
import FHIR
import Foundation
import JSON
import Node
import Primitives
import Testing

@testable import SteleCommand

@Suite struct ImportScanTests {
    let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func write(_ name: String, _ text: String) throws -> String {
        try FileManager.default.createDirectory(
            atPath: URL(filePath: folder.path + "/" + name).deletingLastPathComponent().path,
            withIntermediateDirectories: true)
        return try folder.write(Array(text.utf8), to: name)
    }

    private func bundle(_ entries: String..., type: String = "collection") -> String {
        #"{"resourceType":"Bundle","type":"\#(type)","entry":[\#(entries.joined(separator: ",\n"))]}"#
    }

    private func texts(_ sources: ImportSources, _ chunk: ImportChunk) throws -> [String] {
        let body = ChunkBody(chunk, sources.files, sources.table)
        let root = try JSONDocument(parsing: body.bytes).root
        return root["entry"]?.elements.map { String(decoding: $0["resource"]!.sourceBytes, as: UTF8.self) } ?? []
    }

    @Test func findsFilesInOrderAndOnce() throws {
        for name in ["c.json", "a.ndjson", "b/x.json", "notes.txt"] { _ = try write(name, "{}") }
        let paths = try ImportPaths.files(in: [folder.path, folder.path + "/c.json"])
        #expect(paths.map { $0.dropFirst(folder.path.count + 1) } == ["a.ndjson", "b/x.json", "c.json"])
        #expect(throws: SteleError.self) { _ = try ImportPaths.files(in: [folder.path + "/none"]) }
        try FileManager.default.createDirectory(atPath: folder.path + "/empty", withIntermediateDirectories: true)
        #expect(throws: SteleError.self) { _ = try ImportPaths.files(in: [folder.path + "/empty"]) }
    }

    @Test func findsThePatientsOfASample() async throws {
        let sources = await ImportSources([DemoTests.samples + "/patients/01-marta-kestrel.json"])
        #expect(sources.files[0].patients.map(\.id) == ["marta-kestrel"])
        #expect(sources.files[0].patients[0].displayName == "Marta Ilse Kestrel")
        #expect(sources.files[0].patients[0].birthDate == "1968-04-12")
        #expect(sources.plan.resourceCount == 20 && sources.plan.shared.isEmpty)
        #expect(sources.plan.patients[0].resources[0].name == "Patient/marta-kestrel")
    }

    @Test func resolvesReferencesAcrossFiles() async throws {
        let urn = "urn:uuid:11111111-2222-4333-8444-555555555555"
        let paths = [
            try write(
                "1.json",
                bundle(
                    #"{"fullUrl":"\#(urn)","resource":{"resourceType":"Patient","id":"p1"}}"#,
                    #"{"fullUrl":"http://a/fhir/Encounter/e","resource":{"resourceType":"Encounter","id":"e2","status":"finished","class":{"code":"AMB"},"subject":{"reference":"\#(urn)"}}}"#
                )),
            try write(
                "2.json",
                bundle(
                    ##"{"resource":{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"subject":{"reference":"\##(urn)"},"encounter":{"reference":"http://a/fhir/Encounter/e"},"performer":[{"reference":"Practitioner?identifier=http://npi|7%20"},{"reference":"Practitioner?identifier=http://npi|8"},{"reference":"urn:uuid:none"},{"reference":"Organization/elsewhere"},{"reference":"#c"},{"reference":"https://b/Organization/1"}]}}"##
                )),
            try write(
                "3.ndjson",
                """
                {"resourceType":"Practitioner","id":"dr","identifier":[{"system":"http://npi","value":"7 "}]}
                {"resourceType":"Practitioner","id":"a","identifier":[{"system":"http://npi","value":"8"}]}
                {"resourceType":"Practitioner","id":"b","identifier":[{"system":"http://npi","value":"8"}]}
                """),
        ]
        let sources = await ImportSources(paths)
        #expect(sources.files.allSatisfy { $0.failures.isEmpty })
        #expect(
            sources.plan.shared.map { $0.resources.map(\.name) } == [
                ["Practitioner/dr", "Practitioner/a", "Practitioner/b"]
            ])
        let chunk = try #require(sources.plan.patients.first)
        #expect(chunk.resources.map(\.name) == ["Patient/p1", "Encounter/e2", "Observation/o"])
        let sent = try texts(sources, chunk)
        #expect(sent[1].contains(#""subject":{"reference":"Patient/p1"}"#))
        #expect(sent[2].contains(#""encounter":{"reference":"Encounter/e2"}"#))
        #expect(
            sent[2].contains(#"[{"reference":"Practitioner/dr"},{"reference":"Practitioner?identifier=http://npi|8"}"#))
        let body = ChunkBody(chunk, sources.files, sources.table)
        #expect(body.unresolved == [.criteriaSeveral: 1, .urn: 1, .name: 1, .address: 1])
    }

    @Test func aURLThatFilesUseForDifferentThingsNamesEachInItsOwn() async throws {
        func file(_ name: String, _ id: String) throws -> String {
            try write(
                name,
                bundle(
                    #"{"fullUrl":"urn:x:1","resource":{"resourceType":"Patient","id":"\#(id)"}}"#,
                    #"{"resource":{"resourceType":"Condition","id":"c-\#(id)","subject":{"reference":"urn:x:1"}}}"#))
        }
        let stranger = try write("3.json", #"{"resourceType":"Condition","id":"c","subject":{"reference":"urn:x:1"}}"#)
        let sources = await ImportSources([try file("1.json", "p1"), try file("2.json", "p2"), stranger])
        let sent = try sources.plan.patients.flatMap { try texts(sources, $0) }
        #expect(sent.contains { $0.contains(#""id":"c-p1","subject":{"reference":"Patient/p1"}"#) })
        #expect(sent.contains { $0.contains(#""id":"c-p2","subject":{"reference":"Patient/p2"}"#) })
        let lone = try #require(sources.plan.shared.first)
        #expect(ChunkBody(lone, sources.files, sources.table).unresolved == [.ambiguous: 1])
    }

    @Test func sendsEqualRepeatsOnceAndDifferingOnesTogether() async throws {
        let first = #"{"resourceType":"Organization","id":"o","name":"A"}"#
        let second = #"{"resourceType":"Organization","id":"o","name":"B"}"#
        let paths = try [first, second, first, second].enumerated().map { try write("\($0).json", $1) }
        let plan = await ImportSources(paths).plan
        #expect(plan.repeatCount == 2)
        #expect(plan.shared.count == 1 && plan.shared[0].resources.map(\.file) == [0, 1])
        // A history lists the newest first, and a value that came back is a version.
        let history = bundle(
            #"{"resource":\#(first)}"#, #"{"resource":\#(second)}"#, #"{"resource":\#(first)}"#, type: "history")
        let sources = await ImportSources([try write("h.json", history)])
        #expect(try texts(sources, sources.plan.shared[0]) == [first, second, first])
    }

    @Test func sendsWhatAHistoryDeletedWhereItWasDeleted() async throws {
        let (first, second) = (
            #"{"resourceType":"Organization","id":"o","name":"A"}"#,
            #"{"resourceType":"Organization","id":"o","name":"B"}"#
        )
        let deletion =
            #"{"fullUrl":"http://a/fhir/Organization/o","request":{"method":"DELETE","url":"Organization/o/_history/2"}}"#
        func history(_ entries: String...) -> String {
            #"{"resourceType":"Bundle","entry":[\#(entries.joined(separator: ","))],"type":"history"}"#
        }
        let path = try write(
            "h.json", history(deletion, deletion, #"{"resource":\#(second)}"#, deletion, #"{"resource":\#(first)}"#))
        let sources = await ImportSources([path])
        #expect(sources.plan.repeatCount == 1 && sources.plan.shared.count == 1)
        let body = ChunkBody(sources.plan.shared[0], sources.files, sources.table)
        let asked = #"{"request":{"method":"DELETE","url":"Organization/o"}}"#
        #expect(
            String(decoding: body.bytes, as: UTF8.self)
                == #"{"resourceType":"Bundle","type":"history","entry":[\#(asked),{"resource":\#(second)},\#(asked),{"resource":\#(first)}]}"#
        )
        #expect(body.resources.map(\.isDeletion) == [true, false, true, false])
        // Elsewhere it is what somebody asks of a server, and no deletion that happened.
        let batch = await ImportSources([
            try write("b.json", bundle(deletion, #"{"resource":\#(first)}"#, type: "batch"))
        ])
        #expect(batch.files[0].failures.map(\.code) == ["bundle.entry"] && batch.plan.resourceCount == 1)
        let vague = await ImportSources([
            try write("v.json", history(#"{"request":{"method":"DELETE","url":"Organization?name=A"}}"#))
        ])
        #expect(vague.files[0].failures.map(\.code) == ["bundle.entry"] && vague.plan.resourceCount == 0)
    }

    @Test func givesIDsThatStayTheSame() async throws {
        let uuid = "11111111-2222-4333-8444-555555555555"
        let text = bundle(
            #"{"fullUrl":"urn:uuid:\#(uuid)","resource":{"resourceType":"Patient"}}"#,
            #"{"resource":{"resourceType":"Condition","subject":{"reference":"urn:uuid:\#(uuid)"}}}"#)
        let path = try write("1.json", text)
        let sources = await ImportSources([path])
        let again = await ImportSources([path])
        let names = sources.plan.patients[0].resources.map(\.name)
        #expect(names[0] == "Patient/" + uuid && names[1].hasPrefix("Condition/") && names[1].count == 42)
        #expect(again.plan.patients[0].resources.map(\.name) == names)
        let sent = try texts(sources, sources.plan.patients[0])
        #expect(sent[0] == #"{"resourceType":"Patient","id":"\#(uuid)"}"#)
        #expect(sent[1].contains(#""reference":"Patient/\#(uuid)""#) && sent[1].contains(#""id":""#))
    }

    @Test func keepsEveryByteOfWhatItDoesNotResolve() async throws {
        let resource = "{\n  \"resourceType\" : \"Organization\",\n  \"id\": \"o\", \"x\": 1.50 }"
        let sources = await ImportSources([try write("1.json", "  \n" + bundle(#"{ "resource":\#(resource) }"#))])
        #expect(try texts(sources, sources.plan.shared[0]) == [resource])
    }

    @Test func saysWhatCannotBeRead() async throws {
        let paths = [
            try write("cut.json", bundle(#"{"resource":{"resourceType":"Patient","id":"lost"}}"#).dropLast(1) + ""),
            try write("none.json", "[]"),
            try write(
                "some.json",
                bundle(
                    #"{"resource":{"resourceType":"Patient","id":"ok"}}"#,
                    #"{"resource":{"resourceType":"Alien","id":"x"}}"#,
                    #"{"resource":{"resourceType":"Patient","id":"../../x"}}"#, #"{"response":{"status":"200"}}"#,
                    #"{"resource":{"resourceType":"Condition","id":"c","code":{}}}"#)),
            try write("lines.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"n\"}\r\n\r\n{\n"),
            folder.path + "/gone.json",
        ]
        let sources = await ImportSources(paths)
        #expect(sources.files.map { $0.failures.count } == [1, 1, 4, 1, 1])
        #expect(
            sources.files[2].failures.map(\.code) == [
                "resource.type_unknown", "resource.id_invalid", "bundle.entry", "resource.malformed",
            ])
        #expect(sources.files[2].failures.map(\.resource) == [nil, "Patient", nil, "Condition/c"])
        #expect(sources.files.flatMap(\.patients).map(\.id) == ["ok", "n"])
        #expect(sources.plan.resourceCount == 2)
    }

    @Test func cutsWhatIsLargeIntoParts() async throws {
        let filling = String(repeating: "x", count: 40_000)
        let entries = (0..<100).map {
            #"{"resource":{"resourceType":"Basic","id":"b\#($0)","code":{"text":"\#(filling)"},"subject":{"reference":"Patient/p"}}}"#
        }
        let text =
            #"{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Patient","id":"p"}},"#
            + entries.joined(separator: ",") + "]}"
        let sources = await ImportSources([try write("large.json", text)])
        #expect(sources.plan.resourceCount == 101)
        #expect(sources.plan.patients.count == 2)
        #expect(sources.plan.patients.allSatisfy { $0.byteCount <= ImportPlan.chunkByteCountMax })
        #expect(try sources.plan.patients.flatMap { try texts(sources, $0) }.count == 101)
    }

    @Test func refusesAFileThatChangedMeanwhile() async throws {
        let path = try write("1.json", #"{"resourceType":"Organization","id":"o","name":"A"}"#)
        let sources = await ImportSources([path])
        _ = try write("1.json", #"{"resourceType":"Organization","id":"o","name":"B"}"#)
        let body = ChunkBody(sources.plan.shared[0], sources.files, sources.table)
        #expect(body.resources.isEmpty && body.failures.map(\.code) == ["file.changed"])
    }
}
