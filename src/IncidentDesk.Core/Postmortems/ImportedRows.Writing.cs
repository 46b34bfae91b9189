using System.Text.Json;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Postmortems;

internal sealed partial class ImportedRows
{
    /// <param name="seen">The log's newest number.</param>
    public void Writing(long seen)
    {
        var postmortem = new Postmortem
        {
            Id = Id("postmortem", ""),
            IncidentId = incidentId,
            Title = Record.Title,
            State = Record.State,
            Language = Record.Language,
            SeenSequence = seen,
            CreatedAt = now,
            CreatedById = importer.Id,
            CreatedByName = importer.Name,
        };
        foreach (var (from, place) in Record.Sections.Select((s, i) => (s, i + 1)))
        {
            var section = new PostmortemSection
            {
                Id = Id("section", from.Id),
                PostmortemId = postmortem.Id,
                Kind = from.Kind,
                Position = place * 100,
                TitleEn = from.TitleEn,
                TitleEs = from.TitleEs,
                Visibility = from.Visibility,
                Body = Body(from.Body),
                EditedAt = now,
                EditedById = importer.Id,
                EditedByName = importer.Name,
            };
            postmortem.Sections.Add(section);
            db.SectionRevisions.Add(new SectionRevision { SectionId = section.Id, Number = 1, TitleEn = section.TitleEn, TitleEs = section.TitleEs, Visibility = section.Visibility, Body = section.Body, FromAt = now, ToAt = now, ById = importer.Id, ByName = importer.Name });
        }
        postmortem.Reviewers.AddRange(Record.Reviewers.DistinctBy(r => PersonOf(r.Name)).Select(r => new PostmortemReviewer
        {
            PostmortemId = postmortem.Id,
            PersonId = PersonOf(r.Name),
            PersonName = r.Name,
            AskedAt = r.AskedAt,
            ApprovedAt = r.ApprovedAt,
            ApprovedChanges = r.ApprovedAt is null ? null : postmortem.Changes,
            Note = r.Note,
        }));
        db.Postmortems.Add(postmortem);
        db.PostmortemComments.AddRange(Record.Comments.Select(c => new PostmortemComment
        {
            Id = Id("comment", c.Id),
            PostmortemId = postmortem.Id,
            SectionId = c.SectionId is { } section ? Id("section", section) : null,
            ReplyToId = c.ReplyToId is { } thread ? Id("comment", thread) : null,
            IsQuestion = c.IsQuestion,
            Body = Text(c.Body),
            At = c.At,
            ById = importer.Id,
            ByName = c.ByName,
            ResolvedAt = c.ResolvedAt,
            ResolvedByName = c.ResolvedByName,
        }));
        db.ChosenEntries.AddRange(Record.Entries.Where(e => e.IsInTimeline != e.IsKeyEvent || e.ToldOtherwise is not null).Select(e => new ChosenEntry
        {
            PostmortemId = postmortem.Id,
            Sequence = _entries[e.Sequence],
            IsInTimeline = e.IsInTimeline,
            Visibility = e.ToldOtherwise is { } logged && logged.Visibility != e.Visibility ? e.Visibility : null,
            Wording = e.ToldOtherwise is { } told && told.Body != e.Body ? Text(e.Body) : "",
        }));
        db.ChosenFiles.AddRange(Record.Files.Select(f => new ChosenFile { PostmortemId = postmortem.Id, AttachmentId = _files[f.Id], Visibility = f.Visibility, Caption = f.Caption }));
    }

    /// <summary>A final one stays frozen as it was frozen there, to the letter: its hash is the one that it had.</summary>
    /// <returns>Null for one that was not final.</returns>
    public FrozenDocument? Frozen()
    {
        if (Record.State != PostmortemState.Final) return null;
        var number = Math.Max(1, Record.Number);
        var json = Text(JsonSerializer.Serialize(Record with { Audience = Audience.Internal, Number = number }, DocumentRecord.Json));
        return new FrozenDocument
        {
            Id = Id("frozen", number),
            IncidentId = incidentId,
            Kind = DocumentKind.Postmortem,
            Number = number,
            MadeAt = Record.MadeAt,
            MadeById = importer.Id,
            MadeByName = Record.MadeByName.Length > 0 ? Record.MadeByName : importer.Name,
            Json = json,
            Sha256 = Secret.Hash(json),
        };
    }

    /// <summary>Whom it concerns finds in the log what came in and which hash it had.</summary>
    public EntryDraft[] Said(FrozenDocument? frozen) =>
    [
        new(EntryKind.Import, "", OccurrenceTime.Exactly(now)) { Change = new EntryChange.Imported(Record.Entries.Count) },
        new(EntryKind.Postmortem, "", OccurrenceTime.Exactly(now)) { Change = new EntryChange.PostmortemMoved(null, Record.State, frozen?.Number ?? 0, frozen?.Sha256 ?? "") },
    ];
}
