using IncidentDesk.Data;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Examples;

/// <summary>The postmortems of examples, in the language of whoever loads them. What people have written since is left alone.</summary>
public sealed class ExamplePostmortems(DeskDatabase database, BeginPostmortem begin, SaveSection save)
{
    internal async Task<Error?> WriteAsync(string incidentKey, IReadOnlyList<ExampleSection> sections, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var language = await db.Users.Where(p => p.Id == actor.PersonId).Select(p => p.Language).FirstOrDefaultAsync(ct) ?? "en";
        if (!(await begin.HandleAsync(new(incidentKey, null, language), actor, ct)).TryGet(out var postmortem, out var error)) return error;
        if (postmortem.State != PostmortemState.Draft) return null;
        foreach (var section in postmortem.Sections.Where(s => s.Version == 1 && s.RemovedAt is null))
        {
            if (sections.FirstOrDefault(s => s.Kind == section.Kind) is not { } written) continue;
            var text = (postmortem.Language == "es" ? written.Es : written.En).Trim();
            var saved = await save.HandleAsync(new(incidentKey, section.Id, section.Version, section.Body.Length == 0 ? text : $"{text}\n\n{section.Body}"), actor, ct);
            if (saved.Error is { } notSaved) return notSaved;
        }
        return null;
    }
}
