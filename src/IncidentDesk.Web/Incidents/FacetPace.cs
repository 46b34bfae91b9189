namespace IncidentDesk.Web.Incidents;

/// <summary>When an open list counts its facets again: at once for another question; where only what it shows has changed, at most every few seconds.</summary>
/// <remarks>Every open list hears of every entry of an attack, and counting is the dearest that it asks.</remarks>
internal sealed class FacetPace(TimeProvider time)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private (string Question, int Set)? _counted;
    private long _at;

    /// <param name="set">Tells one answer to the question from another.</param>
    /// <returns>How long to wait before counting; null while the last count still holds.</returns>
    public TimeSpan? Wait(string question, int set)
    {
        if (_counted is not { } counted || counted.Question != question) return TimeSpan.Zero;
        if (counted.Set == set) return null;
        var left = Pause - time.GetElapsedTime(_at);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Counting(string question, int set) => (_counted, _at) = ((question, set), time.GetTimestamp());

    /// <summary>The count failed: the next one need not wait.</summary>
    public void Forget() => _counted = null;
}
