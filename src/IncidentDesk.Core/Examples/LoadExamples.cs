using IncidentDesk.Import;
using IncidentDesk.Incidents;
using IncidentDesk.Shared;

namespace IncidentDesk.Examples;

/// <summary>The attacks of 2014 and 2015 and six others as the public record tells them, with an invented inventory of the size that it tells of.</summary>
public sealed class LoadExamples(DeclareIncident declare, ChangeIncident change, SetMilestone setMilestone, FindIncidents find, ImportTimeline import, ExampleInventory inventory, ExampleParts parts, ExamplePostmortems postmortems)
{
    /// <summary>Declares and fills the example incidents. What is there already stays as it is, and what is missing is added.</summary>
    /// <returns>The keys of the examples, old and new.</returns>
    public async Task<Result<IReadOnlyList<string>>> HandleAsync(Actor actor, CancellationToken ct)
    {
        if (!(await inventory.HandleAsync(actor, ct)).TryGet(out var hasInventory, out var error)) return error;
        var keys = new List<string>();
        foreach (var example in PublicRecord.Examples)
        {
            if (!(await LoadAsync(example, hasInventory, actor, ct)).TryGet(out var key, out error)) return error;
            if (example.Postmortem.Count > 0 && await postmortems.WriteAsync(key, example, actor, ct) is { } notWritten) return notWritten;
            keys.Add(key);
        }
        return Result<IReadOnlyList<string>>.Ok(keys);
    }

    // Each step is its own transaction and can be repeated: a load that was cut off is completed by the next.
    private async Task<Result<string>> LoadAsync(Example example, bool hasInventory, Actor actor, CancellationToken ct)
    {
        var declared = await declare.HandleAsync(new(example.Title, example.Severity, example.ImpactStarted, Tlp.Clear, TimeZone: example.TimeZone, IncidentId: example.Id), actor, ct);
        if (!declared.TryGet(out var incident, out var error)) return error;
        var key = incident.Key;

        var file = Read(example.File);
        if (!(await import.HandleAsync(new(key, file, TimelineFormat.Csv, DryRun: true), actor, ct)).TryGet(out var preview, out error)) return error;
        Guid[] accept = [.. preview.Proposals.Where(p => example.Accept.Contains((p.Line, p.Act.Key))).Select(p => p.Id)];
        if (!(await import.HandleAsync(new(key, file, TimelineFormat.Csv, DryRun: false, accept), actor, ct)).TryGet(out _, out error)) return error;

        if (await parts.DefendAsync(key, example.Defences, actor, ct) is { } notDefended) return notDefended;
        if (hasInventory && await parts.MarkAsync(key, example.Impacts, actor, ct) is { } notMarked) return notMarked;
        if (await parts.AttackAsync(key, example.Waves, actor, ct) is { } notDeclared) return notDeclared;
        if (incident.Status == IncidentStatus.Closed) return key;

        // When the desk was told of it says nothing of when it was declared then.
        if (!(await find.ByKeyAsync(key, actor, ct)).TryGet(out incident, out error)) return error;
        if (!(await setMilestone.HandleAsync(new(key, incident.Version, MilestoneKind.Declared, null), actor, ct)).TryGet(out incident, out error)) return error;
        var closed = await change.HandleAsync(new(key, incident.Version, Status: IncidentStatus.Closed), actor, ct);
        return closed.TryGet(out incident, out error) ? incident.Key : error;
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(LoadExamples).Assembly.GetManifestResourceStream(file)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
