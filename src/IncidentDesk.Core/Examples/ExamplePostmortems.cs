using IncidentDesk.Data;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Examples;

/// <summary>The postmortems of examples, in the language of whoever loads them. What people have written since is left alone.</summary>
public sealed class ExamplePostmortems(DeskDatabase database, BeginPostmortem begin, SaveSection save, ChooseEvidence choose, EditPostmortem edit)
{
    internal async Task<Error?> WriteAsync(string incidentKey, Example example, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var language = await db.Users.Where(p => p.Id == actor.PersonId).Select(p => p.Language).FirstOrDefaultAsync(ct) ?? "en";
        if (!(await begin.HandleAsync(new(incidentKey, null, language), actor, ct)).TryGet(out var postmortem, out var error)) return error;
        if (postmortem.State != PostmortemState.Draft) return null;
        if (postmortem is { Language: "es", Version: 1 } && (await edit.HandleAsync(new(incidentKey, postmortem.Version, Title: example.PostmortemEs), actor, ct)).Error is { } notTitled) return notTitled;
        // A public record has no key events of its own: all of it is the story. What somebody has decided stays.
        var story = await db.Entries.IgnoreQueryFilters().Where(e => e.IncidentId == postmortem.IncidentId && e.Revision == 1 && e.Source != null && !db.ChosenEntries.Any(c => c.PostmortemId == postmortem.Id && c.Sequence == e.Sequence)).Select(e => e.Sequence).ToListAsync(ct);
        foreach (var sequence in story)
        {
            if ((await choose.EntryAsync(new(incidentKey, sequence, new(IsInTimeline: true, Visibility.Public, "")), actor, ct)).Error is { } notChosen) return notChosen;
        }
        foreach (var section in postmortem.Sections.Where(s => s.Version == 1 && s.RemovedAt is null))
        {
            if (example.Postmortem.FirstOrDefault(s => s.Kind == section.Kind) is not { } written) continue;
            var text = (postmortem.Language == "es" ? written.Es : written.En).Trim();
            var saved = await save.HandleAsync(new(incidentKey, section.Id, section.Version, section.Body.Length == 0 ? text : $"{text}\n\n{section.Body}"), actor, ct);
            if (saved.Error is { } notSaved) return notSaved;
        }
        return null;
    }
}
