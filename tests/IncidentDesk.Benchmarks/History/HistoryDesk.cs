using IncidentDesk.Data;
using IncidentDesk.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IncidentDesk.Benchmarks.History;

/// <summary>The services of the desk on a database with a made-up history, in this process: what is measured is the question, not the way to it.</summary>
internal sealed class HistoryDesk : IAsyncDisposable
{
    public const int Incidents = 10_000;
    public const int Entries = 1_000_000;

    private readonly ServiceProvider _services;

    private HistoryDesk(DatabaseEngine engine)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging();
        services.AddDesk(engine);
        services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        _services = services.BuildServiceProvider();
        Data = new(Get<DeskDatabase>(), Incidents, Entries);
    }

    public HistoryData Data { get; }

    /// <summary>Who may see everything, and who sees what is not restricted.</summary>
    public Actor Administrator { get; private set; } = new(default);
    public Actor Reader { get; private set; } = new(default);

    /// <summary>Called when the database is filled.</summary>
    public async Task FindPeopleAsync()
    {
        await using var db = await Get<DeskDatabase>().OpenAsync(default);
        var people = await db.Users.Where(p => p.Email == HistoryData.AddressOf(0) || p.Email == HistoryData.AddressOf(1)).OrderBy(p => p.Email).Select(p => p.Id).ToListAsync();
        (Administrator, Reader) = (new(people[0]), new(people[1]));
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <param name="connection">Of PostgreSQL, or <c>Data Source=FILE</c> of SQLite.</param>
    public static HistoryDesk On(string connection) => new(DatabaseEngine.From(connection, "."));

    /// <returns>The exit code.</returns>
    public static async Task<int> GenerateAsync(string connection, int incidents, int entries)
    {
        await using var desk = On(connection);
        var took = await new HistoryData(desk.Get<DeskDatabase>(), incidents, entries).FillAsync();
        Console.WriteLine($"{incidents:N0} incidents with {entries:N0} entries in {took.TotalSeconds:0} s");
        return 0;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
