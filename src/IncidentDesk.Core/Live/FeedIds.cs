namespace IncidentDesk.Live;

/// <summary>What is watched beside an incident's log: what comes in without an entry has a number of its own in the feed.</summary>
internal static class FeedIds
{
    public static Guid OfFiles(Guid incidentId) => Variant(incidentId, 0x80);

    public static Guid OfMeasurements(Guid incidentId) => Variant(incidentId, 0x90);

    public static Guid OfPostmortem(Guid incidentId) => Variant(incidentId, 0xA0);

    // Another version of the same id, which nobody else makes.
    private static Guid Variant(Guid incidentId, byte version)
    {
        var bytes = incidentId.ToByteArray(bigEndian: true);
        bytes[6] = (byte)((bytes[6] & 0x0F) | version);
        return new Guid(bytes, bigEndian: true);
    }
}
