using IncidentDesk.Shared;

namespace IncidentDesk.Impacts;

/// <summary>Who is affected: the one calculator, without a clock or a database.</summary>
/// <remarks>
/// <para>Where intervals of one asset or one member overlap, the worst state counts; among equal states Targeted before Collateral before Precaution.</para>
/// <para>Each end has an earliest and a latest moment: exact, about and hour are the time itself; a day is any time of that day; before and after bound
/// one side; a start is never later, and an end never later, than when it was recorded. Certain is what lies between the latest start and the earliest
/// end, possible what lies between the earliest start and the latest end. At a moment counts who <em>may</em> have been affected; where the start has no
/// earliest moment, its latest one counts.</para>
/// </remarks>
public static class Affected
{
    private static readonly ImpactCause[] Causes = Enum.GetValues<ImpactCause>();

    /// <summary>An interval in which an asset was hit, as well as its ends are known.</summary>
    /// <param name="MemberId">Whose asset it is; null for the provider's own.</param>
    /// <param name="IsSite">A member site, which counts as one.</param>
    /// <param name="From">Without a time when nobody knows since when.</param>
    /// <param name="To">Null while it is hit; without a time when it is over and nobody knows since when.</param>
    /// <param name="KnownFrom">UTC, when it was recorded that it is hit: not later than that.</param>
    /// <param name="KnownTo">UTC, when it was recorded that it is over: not later than that; null while it is hit.</param>
    public sealed record Interval(Guid AssetId, Guid? MemberId, bool IsSite, ImpactState State, ImpactCause Cause, OccurrenceTime From, OccurrenceTime? To, DateTime KnownFrom, DateTime? KnownTo);

    /// <param name="ByCause">Members by the cause that counts for each.</param>
    public sealed record Count(int Assets, int Sites, int Members, int AllMembers, IReadOnlyDictionary<ImpactCause, int> ByCause)
    {
        /// <summary>0 to 1; null when the provider has no members on record.</summary>
        public double? Share => AllMembers == 0 ? null : (double)Members / AllMembers;
    }

    /// <summary>Time for which members were affected.</summary>
    /// <param name="AtLeast">What is certain.</param>
    /// <param name="AtMost">What is possible; null when an end is unknown without a bound.</param>
    /// <param name="IsAbout">An end of it is not exact.</param>
    public sealed record Hours(TimeSpan AtLeast, TimeSpan? AtMost, bool IsAbout);

    /// <param name="UnknownEnds">Intervals with an end that is not known to the hour, open ones not among them.</param>
    /// <param name="Open">Intervals that are not over; they count up to the moment of asking.</param>
    public sealed record Sum(Count Ever, Hours MemberHours, IReadOnlyDictionary<ImpactCause, Hours> HoursByCause, int UnknownEnds, int Open);

    /// <summary>From <paramref name="Utc"/> on, until the next step.</summary>
    public sealed record Step(DateTime Utc, Count Count);

    /// <summary>Who is affected at a moment, UTC.</summary>
    public static Count At(IReadOnlyCollection<Interval> intervals, int allMembers, DateTime utc) =>
        CountOf(intervals.Select(i => (Interval: i, Bounds: Bounds.Of(i, utc))).Where(i => i.Bounds.Begin <= utc && (i.Interval.To is null || utc < i.Bounds.LatestEnd)).Select(i => i.Interval), allMembers);

    /// <summary>Who was affected in all, up to <paramref name="now"/>, UTC.</summary>
    public static Sum InTotal(IReadOnlyCollection<Interval> intervals, int allMembers, DateTime now)
    {
        var (all, byCause) = HoursOf(intervals, now);
        return new(CountOf(intervals, allMembers), all, byCause, intervals.Count(HasUnknownEnd), intervals.Count(i => i.To is null));
    }

    /// <summary>For how long members were affected, up to <paramref name="now"/>, UTC.</summary>
    public static (Hours All, IReadOnlyDictionary<ImpactCause, Hours> ByCause) HoursOf(IEnumerable<Interval> intervals, DateTime now)
    {
        var (least, most, unbounded, about) = (new TimeSpan[Causes.Length], new TimeSpan[Causes.Length], new bool[Causes.Length], new bool[Causes.Length]);
        foreach (var member in intervals.Where(i => i.MemberId is not null).GroupBy(i => i.MemberId!.Value))
        {
            List<(Interval Interval, DateTime From, DateTime To)> certain = [], possible = [];
            foreach (var interval in member)
            {
                var bounds = Bounds.Of(interval, now);
                certain.Add((interval, bounds.LatestStart, Earlier(bounds.EarliestEnd, now)));
                possible.Add((interval, bounds.Begin, Earlier(bounds.LatestEnd, now)));
                unbounded[(int)interval.Cause] |= bounds.EarliestStart is null;
                about[(int)interval.Cause] |= bounds.IsAbout;
            }
            AddSpans(certain, least);
            AddSpans(possible, most);
        }
        var hours = Causes.ToDictionary(c => c, c => new Hours(least[(int)c], unbounded[(int)c] ? null : most[(int)c], about[(int)c]));
        return (hours.Values.Aggregate((a, b) => new Hours(a.AtLeast + b.AtLeast, a.AtMost + b.AtMost, a.IsAbout || b.IsAbout)), hours);
    }

    /// <summary>An end of it is not known to the hour; one that is not over has none.</summary>
    internal static bool HasUnknownEnd(Interval interval) => !interval.From.IsMeasurable || interval.To is { IsMeasurable: false };

    /// <summary>The course over time: a step at each moment at which a count changes, up to <paramref name="now"/>, UTC.</summary>
    public static IReadOnlyList<Step> Course(IReadOnlyCollection<Interval> intervals, int allMembers, DateTime now)
    {
        var changes = intervals.Select(i => (Interval: i, Bounds: Bounds.Of(i, now))).Where(i => i.Bounds.Begin <= now && (i.Interval.To is null || i.Bounds.LatestEnd > i.Bounds.Begin))
            .SelectMany(i => i.Interval.To is null || i.Bounds.LatestEnd > now
                ? new[] { (Utc: i.Bounds.Begin, i.Interval, Begins: true) }
                : [(i.Bounds.Begin, i.Interval, true), (i.Bounds.LatestEnd, i.Interval, false)])
            .OrderBy(c => c.Utc).ToList();
        var (steps, running) = (new List<Step>(), new Running(allMembers));
        for (var n = 0; n < changes.Count; n++)
        {
            running.Take(changes[n].Interval, changes[n].Begins);
            if (n + 1 < changes.Count && changes[n + 1].Utc == changes[n].Utc) continue;
            var count = running.Count();
            if (steps.Count == 0 || !Same(steps[^1].Count, count)) steps.Add(new(changes[n].Utc, count));
        }
        return steps;
    }

    /// <summary>The intervals of impacts as <see cref="Live.Situation"/> holds them.</summary>
    public static IReadOnlyList<Interval> Intervals(IEnumerable<Impact> impacts) =>
    [
        .. impacts.Where(i => !i.IsWithdrawn).Select(i => new Interval(
            i.AssetId, i.Asset?.MemberId, i.Asset?.Kind == Assets.AssetKind.MemberSite, i.State, i.Cause, i.From, i.To, i.KnownFrom, i.To is null ? null : i.KnownTo)),
    ];

    /// <summary>The state and the cause that count where several meet.</summary>
    internal static Interval Worst(IEnumerable<Interval> intervals) => intervals.OrderByDescending(i => i.State).ThenBy(i => i.Cause).First();

    private static Count CountOf(IEnumerable<Interval> intervals, int allMembers)
    {
        var running = new Running(allMembers);
        foreach (var interval in intervals) running.Take(interval, begins: true);
        return running.Count();
    }

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;

    private static bool Same(Count a, Count b) =>
        a.Assets == b.Assets && a.Sites == b.Sites && a.Members == b.Members && a.ByCause.All(c => b.ByCause[c.Key] == c.Value);

    /// <summary>Adds how long each cause counts when intervals of one member are laid over each other.</summary>
    private static void AddSpans(List<(Interval Interval, DateTime From, DateTime To)> stretches, TimeSpan[] byCause)
    {
        stretches.RemoveAll(s => s.From >= s.To);
        // Mostly there is one, over which nothing lies.
        if (stretches is [var (only, from, to)]) byCause[(int)only.Cause] += to - from;
        if (stretches.Count < 2) return;
        var ends = stretches.SelectMany(s => new[] { (Utc: s.From, s.Interval, Begins: true), (Utc: s.To, s.Interval, Begins: false) }).OrderBy(e => e.Utc).ToList();
        var weights = new Weights();
        for (var n = 0; n < ends.Count; n++)
        {
            weights.Take(ends[n].Interval, ends[n].Begins);
            if (n + 1 < ends.Count && ends[n + 1].Utc > ends[n].Utc && weights.Cause is { } cause) byCause[(int)cause] += ends[n + 1].Utc - ends[n].Utc;
        }
    }

    /// <summary>Between which moments an interval begins and ends. UTC.</summary>
    /// <param name="EarliestStart">Null when nothing bounds it.</param>
    /// <param name="LatestEnd">The moment of asking while it is open.</param>
    private readonly record struct Bounds(DateTime? EarliestStart, DateTime LatestStart, DateTime EarliestEnd, DateTime LatestEnd, bool IsAbout)
    {
        /// <summary>From when on it counts at a moment.</summary>
        public DateTime Begin => EarliestStart ?? LatestStart;

        public static Bounds Of(Interval interval, DateTime now)
        {
            var (earliestStart, latestStart) = Of(interval.From, interval.KnownFrom);
            var isAbout = interval.From.Precision != Precision.Exact || interval.To is { Precision: not Precision.Exact };
            if (interval.To is null) return new(earliestStart, latestStart, Later(now, latestStart), Later(now, latestStart), isAbout);
            var (earliestEnd, latestEnd) = Of(interval.To, interval.KnownTo ?? now);
            // It is not over before it has begun.
            var firstEnd = Later(earliestEnd ?? latestStart, latestStart);
            return new(earliestStart, latestStart, firstEnd, Later(latestEnd, firstEnd), isAbout);
        }

        private static (DateTime? Earliest, DateTime Latest) Of(OccurrenceTime time, DateTime known) => time.At is not { } at ? (null, known) : time.Precision switch
        {
            Precision.Day => (at.Date, at.Date.AddDays(1)),
            Precision.Before => (null, at),
            Precision.After => (at, Later(known, at)),
            _ => (at, at),
        };

        private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;
    }

    /// <summary>How many intervals of each state and cause meet now.</summary>
    private sealed class Weights
    {
        private readonly int[] _counts = new int[9];
        private int _all;

        public bool IsEmpty => _all == 0;

        public ImpactCause? Cause
        {
            get
            {
                var at = Array.FindIndex(_counts, c => c > 0);
                return at < 0 ? null : (ImpactCause)(at % 3);
            }
        }

        public void Take(Interval interval, bool begins)
        {
            // Worst state first, then the cause that counts before the others.
            _counts[((2 - (int)interval.State) * 3) + (int)interval.Cause] += begins ? 1 : -1;
            _all += begins ? 1 : -1;
        }
    }

    /// <summary>Who is affected while intervals come and go.</summary>
    private sealed class Running(int allMembers)
    {
        private readonly Dictionary<Guid, int> _assets = [];
        private readonly Dictionary<Guid, int> _sites = [];
        private readonly Dictionary<Guid, Weights> _members = [];
        private readonly int[] _byCause = new int[3];

        public void Take(Interval interval, bool begins)
        {
            Add(_assets, interval.AssetId, begins);
            if (interval.IsSite) Add(_sites, interval.AssetId, begins);
            if (interval.MemberId is not { } id) return;
            if (!_members.TryGetValue(id, out var member)) _members[id] = member = new();
            if (member.Cause is { } before) _byCause[(int)before]--;
            member.Take(interval, begins);
            if (member.Cause is { } after) _byCause[(int)after]++;
            if (member.IsEmpty) _members.Remove(id);
        }

        public Count Count() => new(_assets.Count, _sites.Count, _members.Count, allMembers, Causes.ToDictionary(c => c, c => _byCause[(int)c]));

        private static void Add(Dictionary<Guid, int> counts, Guid id, bool begins)
        {
            var count = counts.GetValueOrDefault(id) + (begins ? 1 : -1);
            if (count == 0) counts.Remove(id);
            else counts[id] = count;
        }
    }
}
