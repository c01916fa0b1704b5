@main
struct Stele {
    static func main() {}
}
