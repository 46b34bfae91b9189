using IncidentDesk.Assets;
using IncidentDesk.Impacts;
using IncidentDesk.Mitigations;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Attacks;

/// <summary>What they did: a wave on the board.</summary>
/// <param name="From">Null when nobody knows when.</param>
/// <param name="To">Null while it goes on, and when it is over and nobody knows since when.</param>
/// <param name="Row">0, 1, …: waves that overlap have rows of their own.</param>
/// <param name="ToAdapt">Null when it answers no defence.</param>
public sealed record BoardWave(AttackWave Wave, BoardPoint? From, BoardPoint? To, int Row, BoardFigure ToMitigate, BoardFigure? ToAdapt)
{
    /// <summary>It stands in the zone of those of which only the order is known.</summary>
    public bool IsUndated => From is null;

    public bool IsOpen => Wave.ToPrecision is null;

    internal static (BoardPoint? From, BoardPoint? To) EndsOf(AttackWave wave)
    {
        var (from, to) = (BoardPoint.Of(wave.From), wave.To is { } end ? BoardPoint.Of(end) : null);
        // Not later than its end: that is all that is known of such a start.
        return (from ?? (to is null ? null : to with { Earliest = null, IsRough = true }), to);
    }
}

/// <summary>A state in which a mitigation was.</summary>
/// <param name="From">Null when nobody knows since when: then it stands in the zone of the undated.</param>
/// <param name="To">Null while it is in it, and when nobody knows until when.</param>
/// <param name="IsLast">It is the state in which it is.</param>
public sealed record BoardSegment(MitigationState State, BoardPoint? From, BoardPoint? To, bool IsLast, MitigationStep Step);

/// <summary>Among which lanes a defence stands when there are many.</summary>
public enum DefenceGroup
{
    /// <summary>Asked for or in place.</summary>
    Open,

    /// <summary>Worked once, and has ended.</summary>
    Worked,
    Other,
}

/// <summary>What we did: a mitigation on the board.</summary>
/// <param name="Against">Numbers of the waves against which it was put up.</param>
/// <param name="AnsweredBy">Numbers of the waves that answer it.</param>
public sealed record BoardDefence(Mitigation Mitigation, IReadOnlyList<BoardSegment> Segments, DefenceGroup Group, BoardEffect Effect, IReadOnlyList<int> Against, IReadOnlyList<int> AnsweredBy)
{
    public bool IsUndated => Segments.All(s => s.From is null);

    internal static IReadOnlyList<BoardSegment> SegmentsOf(Mitigation mitigation)
    {
        var steps = mitigation.Steps;
        return [.. steps.Select((s, n) => new BoardSegment(s.State, BoardPoint.Of(s.When), n + 1 < steps.Count ? BoardPoint.Of(steps[n + 1].When) : null, n + 1 == steps.Count, s))];
    }

    internal static DefenceGroup GroupOf(Mitigation mitigation) =>
        mitigation.State.IsOpen() ? DefenceGroup.Open : mitigation.Steps.Exists(s => s.State.Works()) ? DefenceGroup.Worked : DefenceGroup.Other;
}

/// <summary>Assets of one kind that were hit, from a moment on.</summary>
/// <param name="Worst">Null when none is hit.</param>
public sealed record BoardGroupStep(DateTime Utc, int Assets, ImpactState? Worst);

/// <summary>The course of one kind of asset.</summary>
public sealed record BoardGroup(AssetKind Kind, IReadOnlyList<BoardGroupStep> Steps)
{
    public int Most => Steps.Max(s => s.Assets);

    internal static BoardGroup Of(AssetKind kind, IReadOnlyList<Affected.Interval> intervals, DateTime now)
    {
        var steps = new SortedDictionary<DateTime, BoardGroupStep>();
        // From the least to the worst: what is as bad or worse says from when to when.
        var courses = Enum.GetValues<ImpactState>().Select(state => (State: state, Course: Affected.Course([.. intervals.Where(i => i.State >= state)], 0, now))).ToList();
        var at = new int[courses.Count];
        foreach (var utc in courses.SelectMany(c => c.Course).Select(s => s.Utc).Distinct().Order())
        {
            ImpactState? worst = null;
            for (var n = 0; n < courses.Count; n++)
            {
                while (at[n] < courses[n].Course.Count && courses[n].Course[at[n]].Utc <= utc) at[n]++;
                if (at[n] > 0 && courses[n].Course[at[n] - 1].Count.Assets > 0) worst = courses[n].State;
            }
            steps[utc] = new(utc, at[0] == 0 ? 0 : courses[0].Course[at[0] - 1].Count.Assets, worst);
        }
        return new(kind, [.. steps.Values]);
    }
}

/// <summary>A defence worked, and they came with something else.</summary>
/// <param name="At">UTC, of the wave; null when it has no date.</param>
public sealed record BoardArrow(Guid MitigationId, Guid WaveId, DateTime? At, BoardFigure Took);

/// <summary>An entry that somebody marked as one that matters.</summary>
/// <param name="Event">Its <see cref="ReadTimeline.KeyEvent.SortAt"/> is its place when it has no time.</param>
public sealed record BoardMark(ReadTimeline.KeyEvent Event);

/// <summary>The board in a sentence.</summary>
/// <param name="MostMembers">Affected at once; null when nothing was ever marked as hit.</param>
/// <param name="AllMembers">Of the provider.</param>
/// <param name="MostAt">UTC, when that was first so.</param>
public sealed record BoardSummary(int DatedWaves, int UndatedWaves, BoardMedian ToMitigate, BoardMedian ToAdapt, int? MostMembers, int AllMembers, DateTime? MostAt)
{
    /// <summary>0 to 1; null when it is not known.</summary>
    public double? MostShare => MostMembers is { } most && AllMembers > 0 ? (double)most / AllMembers : null;
}
