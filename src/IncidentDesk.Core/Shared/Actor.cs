namespace IncidentDesk.Shared;

/// <summary>Who asks. Nothing but the identity: what they may do is read from the database at each use.</summary>
public sealed record Actor(Guid PersonId);
