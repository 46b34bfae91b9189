using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Begins the postmortem of an incident from a template: its fields fill themselves from the log.</summary>
public sealed class BeginPostmortem(IncidentWriter writer, IncidentFeed feed)
{
    /// <param name="TemplateId">Null for the first that is offered.</param>
    /// <param name="Language"><c>en</c> or <c>es</c>: in which its authors write.</param>
    public sealed record Command(string IncidentKey, Guid? TemplateId, string Language);

    /// <returns>The one that the incident has, which may have been begun before.</returns>
    public async Task<Result<Postmortem>> HandleAsync(Command command, Actor actor, CancellationToken ct)
    {
        var begun = await writer.RecordAsync<Postmortem>(actor, IncidentWriter.Of(command.IncidentKey, ct), async recording =>
        {
            var (db, incidentId) = (recording.Db, recording.IncidentIds.Single());
            var standing = await db.Postmortems.AsNoTracking().Include(p => p.Sections.Where(s => s.RemovedAt == null).OrderBy(s => s.Position)).FirstOrDefaultAsync(p => p.IncidentId == incidentId, ct);
            if (standing is not null) return standing;
            if (command.Language is not ("en" or "es")) return new Invalid(nameof(command.Language), "Person.LanguageUnknown");
            var offered = db.PostmortemTemplates.AsNoTracking().OrderBy(t => t.Id);
            var template = command.TemplateId is { } id ? await offered.FirstOrDefaultAsync(t => t.Id == id, ct) : await offered.FirstOrDefaultAsync(t => t.RetiredAt == null, ct);
            if (template is null && command.TemplateId is not null) return new Invalid(nameof(command.TemplateId), "Postmortem.TemplateNotFound");
            if (template?.RetiredAt is not null) return new Invalid(nameof(command.TemplateId), "Postmortem.TemplateRetired");

            var postmortem = new Postmortem
            {
                Id = Guid.CreateVersion7(),
                IncidentId = incidentId,
                Title = await db.Incidents.Where(i => i.Id == incidentId).Select(i => i.Title).FirstAsync(ct),
                Language = command.Language,
                CreatedAt = recording.Now,
                CreatedById = recording.Member.Id,
                CreatedByName = recording.Member.Name,
                SeenSequence = recording.Log(incidentId, new EntryDraft(EntryKind.Postmortem, "", OccurrenceTime.Exactly(recording.Now)) { Change = new EntryChange.PostmortemMoved(null, PostmortemState.Draft, 0, "") }),
            };
            foreach (var (section, index) in (template?.Sections ?? []).Select((s, i) => (s, i)))
            {
                var begins = new PostmortemSection
                {
                    Id = Guid.CreateVersion7(),
                    PostmortemId = postmortem.Id,
                    Kind = section.Kind,
                    Position = (index + 1) * PostmortemSection.Step,
                    TitleEn = section.TitleEn,
                    TitleEs = section.TitleEs,
                    GuidanceEn = section.GuidanceEn,
                    GuidanceEs = section.GuidanceEs,
                    Visibility = section.Visibility,
                    Body = section.Body,
                    EditedAt = recording.Now,
                    EditedById = recording.Member.Id,
                    EditedByName = recording.Member.Name,
                };
                postmortem.Sections.Add(begins);
                db.SectionRevisions.Add(SectionRevision.Of(begins, 1));
            }
            db.Postmortems.Add(postmortem);
            return postmortem;
        }, ct);
        if (begun.TryGet(out var postmortem, out _)) feed.Publish(Postmortem.FeedId(postmortem.IncidentId), postmortem.Changes);
        return begun;
    }
}
