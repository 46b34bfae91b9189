using System.Collections.Concurrent;
using IncidentDesk.Audit;
using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Live;

/// <summary>What the viewers of an incident see, read from the database once for all who watch.</summary>
/// <remarks>Rows and counts do not ask who reads: a viewer is let in by the page or the hub, and checked again there when access changes.</remarks>
public sealed class LiveTimeline(DeskDatabase database, IncidentFeed feed, RestrictedReads reads)
{
    private const int Kept = 500;

    /// <summary>More incidents than this are kept in memory only while somebody watches them.</summary>
    private const int MaxTails = 20;

    private readonly ConcurrentDictionary<Guid, Tail> _tails = [];

    /// <summary>The rows after a sequence in the order of writing, without gap or repeat; at most <see cref="ReadTimeline.MaxPage"/>.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> AfterAsync(Guid incidentId, long after, CancellationToken ct)
    {
        // A tail that began before the first number would count its rows wrong for everybody.
        after = Math.Max(0, after);
        if (_tails.Count > MaxTails) ForgetUnwatched();
        var tail = _tails.GetOrAdd(incidentId, _ => new Tail());
        await tail.Gate.WaitAsync(ct);
        try
        {
            if (tail.Rows.Count == 0 || after > tail.Last + Kept) tail.StartAt(after);
            if (after < tail.From) return await ReadAsync(incidentId, after, ct);
            if (after >= tail.Last || feed.Latest(incidentId) > tail.Last) tail.Append(await ReadAsync(incidentId, tail.Last, ct));
            return after < tail.From ? await ReadAsync(incidentId, after, ct) : tail.After(after);
        }
        finally
        {
            tail.Gate.Release();
        }
    }

    /// <summary>The incident as it was at a sequence or later. Nobody may change the answer: others have it too.</summary>
    /// <returns><see cref="NotFound"/> when the reader, asked of the database, may not see it any more.</returns>
    public async Task<Result<Incident>> IncidentAsync(Incident known, long atLeast, Actor actor, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (!(await db.EnterAsync(actor, ct)).TryGet(out var member, out var error)) return error;

        var tail = _tails.GetOrAdd(known.Id, _ => new Tail());
        Incident incident;
        await tail.Gate.WaitAsync(ct);
        try
        {
            if (tail.Incident is null || tail.Incident.LastSequence < atLeast)
                tail.Incident = await db.Incidents.IgnoreQueryFilters().AsNoTracking().WithAll().FirstAsync(i => i.Id == known.Id, ct);
            incident = tail.Incident;
        }
        finally
        {
            tail.Gate.Release();
        }
        // Others had it read; whether this reader may see it is asked of what was read.
        var maySee = !incident.IsRestricted || member.Role.MayAdminister() || incident.NamedPeople.Exists(n => n.PersonId == member.Id);
        if (!maySee) return new NotFound("Incident.NotFound", known.Key);
        await reads.NoteAsync(member, incident.Key, incident.IsRestricted, ct);
        return incident;
    }

    /// <param name="Authors">Who wrote in the log, in no order.</param>
    /// <param name="KeyEvents">In the course of events.</param>
    public sealed record Summary(ReadTimeline.Totals Totals, IReadOnlyList<ReadTimeline.Author> Authors, IReadOnlyList<ReadTimeline.KeyEvent> KeyEvents);

    /// <summary>The log as a whole at a sequence or later: counted once, then kept up by the rows that come.</summary>
    public async Task<Summary> SummaryAsync(Guid incidentId, long atLeast, CancellationToken ct)
    {
        var tail = _tails.GetOrAdd(incidentId, _ => new Tail());
        await tail.Gate.WaitAsync(ct);
        try
        {
            atLeast = Math.Max(atLeast, feed.Latest(incidentId));
            if (tail.Summary is null || (tail.CountedTo < atLeast && !tail.TryCountOn(atLeast)))
            {
                await using var db = await database.OpenAsync(ct);
                (var totals, tail.CountedTo) = await ReadTimeline.CountAsync(db, incidentId, ct);
                tail.Summary = new(totals, await ReadTimeline.AuthorsAsync(db, incidentId, ct), await ReadTimeline.KeyEventsAsync(db, incidentId, ct));
            }
            return tail.Summary;
        }
        finally
        {
            tail.Gate.Release();
        }
    }

    private void ForgetUnwatched()
    {
        var watched = feed.Watched.ToHashSet();
        foreach (var id in _tails.Keys.Where(id => !watched.Contains(id))) _tails.TryRemove(id, out _);
    }

    private async Task<List<TimelineEntry>> ReadAsync(Guid incidentId, long after, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await ReadTimeline.RowsAfterAsync(db, incidentId, after, ReadTimeline.MaxPage, ct);
    }

    /// <summary>Rows of sequence <c>From + 1</c> on; sequences have no gaps, so a place in the list is a sequence.</summary>
    private sealed class Tail
    {
        public SemaphoreSlim Gate { get; } = new(1);
        public long From { get; private set; }
        public List<TimelineEntry> Rows { get; } = [];
        public long Last => From + Rows.Count;
        public Incident? Incident { get; set; }
        public Summary? Summary { get; set; }
        public long CountedTo { get; set; }

        public void StartAt(long sequence)
        {
            Rows.Clear();
            From = sequence;
        }

        public void Append(List<TimelineEntry> rows)
        {
            Rows.AddRange(rows);
            var surplus = Rows.Count - Kept;
            if (surplus <= 0) return;
            Rows.RemoveRange(0, surplus);
            From += surplus;
        }

        /// <summary>Counts the rows that came since the last count.</summary>
        /// <returns>False when they are not all here, or when one of them revises an entry: then only the database knows.</returns>
        public bool TryCountOn(long atLeast)
        {
            if (CountedTo < From || Last < atLeast) return false;
            var news = After(CountedTo);
            if (news.Any(e => e.Revision > 1)) return false;
            var (totals, authors) = (Summary!.Totals, Summary.Authors);
            foreach (var row in news.Where(e => e.AuthorId is { } id && authors.All(a => a.Id != id))) authors = [.. authors, new(row.AuthorId!.Value, row.AuthorName)];
            var events = Summary.KeyEvents;
            if (news.Any(e => e.IsKeyEvent)) events = [.. events.Concat(news.Where(e => e.IsKeyEvent).Select(ReadTimeline.KeyEvent.Of)).OrderBy(e => e.SortAt)];
            (Summary, CountedTo) = (new(new(totals.Entries + news.Count, totals.KeyEvents + news.Count(e => e.IsKeyEvent)), authors, events), Last);
            return true;
        }

        public IReadOnlyList<TimelineEntry> After(long sequence) => sequence >= Last ? [] : Rows.GetRange((int)(sequence - From), (int)(Last - sequence));
    }
}
