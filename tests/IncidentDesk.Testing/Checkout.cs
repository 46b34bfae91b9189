namespace IncidentDesk.Testing;

/// <summary>Where the sources and what was built of them lie.</summary>
public static class Checkout
{
    /// <summary>The directory of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The desk as the tests' own configuration (Debug, Release) has built it.</summary>
    public static string DeskAssembly =>
        Path.Combine(DeskProject, "bin", Configuration, "net10.0", "IncidentDesk.Web.dll") is var path && File.Exists(path)
            ? path
            : throw new InvalidOperationException($"The desk is not built: {path}");

    /// <summary>The project directory of the desk: its content root.</summary>
    public static string DeskProject => Path.Combine(Root, "src", "IncidentDesk.Web");

    // …/bin/Release/net10.0/
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "IncidentDesk.sln")))
                return directory.FullName;
        }
        throw new InvalidOperationException($"No IncidentDesk.sln above {AppContext.BaseDirectory}");
    }
}
