namespace IncidentDesk.Postmortems;

/// <summary>The numbers of an incident's pseudonyms, and those that a document needs besides.</summary>
internal sealed class PseudonymNumbers
{
    private readonly Guid _incidentId;
    private readonly Dictionary<(NamedThing, string), int> _numbers;
    private readonly Dictionary<NamedThing, int> _last;

    public PseudonymNumbers(Guid incidentId, IEnumerable<Pseudonym> kept)
    {
        (_incidentId, _numbers) = (incidentId, kept.ToDictionary(p => (p.Thing, p.Subject), p => p.Number));
        _last = _numbers.GroupBy(n => n.Key.Item1).ToDictionary(g => g.Key, g => g.Max(n => n.Value));
    }

    /// <summary>Given now and not kept yet.</summary>
    public List<Pseudonym> Given { get; } = [];

    public int Count => _numbers.Count;

    public int Of(NamedThing thing, string subject)
    {
        if (subject.Length > Pseudonym.MaxSubjectLength) subject = subject[..Pseudonym.MaxSubjectLength];
        if (_numbers.TryGetValue((thing, subject), out var number)) return number;
        number = _last[thing] = _last.GetValueOrDefault(thing) + 1;
        _numbers[(thing, subject)] = number;
        Given.Add(new Pseudonym { IncidentId = _incidentId, Thing = thing, Subject = subject, Number = number });
        return number;
    }
}
