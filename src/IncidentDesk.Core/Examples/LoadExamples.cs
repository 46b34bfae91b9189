using IncidentDesk.Import;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Examples;

/// <summary>The attacks of 2014 and 2015 as the public record tells them. What it does not tell stays unknown.</summary>
public sealed class LoadExamples(DeclareIncident declare, ChangeIncident change, SetMilestone setMilestone, FindIncidents find, ImportTimeline import)
{
    private sealed record Example(Guid Id, string Title, string File, OccurrenceTime ImpactStarted, IReadOnlyList<(MilestoneKind Kind, OccurrenceTime Time)> Milestones);

    // Neither attack was classified at the time; both are SEV1 on the desk's scale: most members down.
    private static readonly IReadOnlyList<Example> Examples =
    [
        new(new("01478a4e-0818-7000-8000-000000002014"), "DoS against two members' web sites saturates upstream link", "may-first-2014-08-18.csv",
            new(Utc(2014, 8, 18, 10, 0), Precision.About),
            [
                (MilestoneKind.Mitigated, new(Utc(2014, 8, 18, 12, 45), Precision.Before)),
                (MilestoneKind.Resolved, new(Utc(2014, 8, 18, 13, 45), Precision.About)),
                (MilestoneKind.FirstPublicWord, new(Utc(2014, 8, 18, 0, 0), Precision.Day)),
            ]),
        new(new("014ede21-0730-7000-8000-000000002015"), "Campaign against a member, then the provider", "may-first-2015.csv",
            new(Utc(2015, 7, 30, 0, 0), Precision.Day),
            [(MilestoneKind.FirstPublicWord, new(Utc(2015, 7, 31, 0, 0), Precision.Day))]),
    ];

    /// <summary>Declares and fills the example incidents. Those that are there already stay as they are.</summary>
    /// <returns>The keys of the examples, old and new.</returns>
    public async Task<Result<IReadOnlyList<string>>> HandleAsync(Actor actor, CancellationToken ct)
    {
        var keys = new List<string>();
        foreach (var example in Examples)
        {
            var loaded = await LoadAsync(example, actor, ct);
            if (!loaded.TryGet(out var key, out var error)) return error;
            keys.Add(key);
        }
        return Result<IReadOnlyList<string>>.Ok(keys);
    }

    // Each step is its own transaction and can be repeated: a load that was cut off is completed by the next.
    private async Task<Result<string>> LoadAsync(Example example, Actor actor, CancellationToken ct)
    {
        var declared = await declare.HandleAsync(new(example.Title, Severity.Sev1, example.ImpactStarted, Tlp.Clear, TimeZone: "America/New_York", IncidentId: example.Id), actor, ct);
        if (!declared.TryGet(out var incident, out var error)) return error;
        if (incident.Status == IncidentStatus.Closed) return incident.Key;

        var imported = await import.HandleAsync(new(incident.Key, Read(example.File), TimelineFormat.Csv, DryRun: false), actor, ct);
        if (!imported.TryGet(out _, out error)) return error;

        // When the desk was told of it says nothing of when it was declared then.
        foreach (var (kind, time) in example.Milestones.Prepend((MilestoneKind.Declared, null!)))
        {
            if (!(await find.ByKeyAsync(incident.Key, actor, ct)).TryGet(out incident, out error)) return error;
            if (!(await setMilestone.HandleAsync(new(incident.Key, incident.Version, kind, time), actor, ct)).TryGet(out incident, out error)) return error;
        }
        var closed = await change.HandleAsync(new(incident.Key, incident.Version, Status: IncidentStatus.Closed), actor, ct);
        return closed.TryGet(out incident, out error) ? incident.Key : error;
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(LoadExamples).Assembly.GetManifestResourceStream(file)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static DateTime Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, DateTimeKind.Utc);
}
