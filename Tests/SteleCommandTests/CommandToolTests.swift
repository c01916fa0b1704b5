import Testing

@testable import SteleCommand
