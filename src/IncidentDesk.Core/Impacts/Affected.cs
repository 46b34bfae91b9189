#pragma warning disable CS9113, IDE0060, CA1801, MA0025
using IncidentDesk.Shared;

namespace IncidentDesk.Impacts;

/// <summary>Who is affected: the one calculator, without a clock or a database.</summary>
public static class Affected
{
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

    /// <param name="UnknownEnds">Intervals with an end that is not known, open ones not among them.</param>
    /// <param name="Open">Intervals that are not over; they count up to the moment of asking.</param>
    public sealed record Sum(Count Ever, Hours MemberHours, IReadOnlyDictionary<ImpactCause, Hours> HoursByCause, int UnknownEnds, int Open);

    /// <summary>From <paramref name="Utc"/> on, until the next step.</summary>
    public sealed record Step(DateTime Utc, Count Count);

    /// <summary>Who is affected at a moment, UTC.</summary>
    public static Count At(IReadOnlyCollection<Interval> intervals, int allMembers, DateTime utc) => throw new NotSupportedException();

    /// <summary>Who was affected in all, up to <paramref name="now"/>, UTC.</summary>
    public static Sum InTotal(IReadOnlyCollection<Interval> intervals, int allMembers, DateTime now) => throw new NotSupportedException();

    /// <summary>The course over time: a step at each moment at which a count changes, up to <paramref name="now"/>, UTC.</summary>
    public static IReadOnlyList<Step> Course(IReadOnlyCollection<Interval> intervals, int allMembers, DateTime now) => throw new NotSupportedException();

    /// <summary>The intervals of impacts as <see cref="Live.Situation"/> holds them.</summary>
    public static IReadOnlyList<Interval> Intervals(IEnumerable<Impact> impacts) => throw new NotSupportedException();
}
