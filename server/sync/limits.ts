/**
 * Every limit that a peer can run into on `/sync`, in one place, each with its reason. docs/security.md lists them for
 * people; a test holds the two together. Sizes of messages are in shared/sync/protocol.ts, because clients keep to them.
 */

// What one update may hold.

/** 50,000 imported records are 50,000 structs of one block. */
export const MOST_STRUCTS = 2_000_000;
export const MOST_DELETES = 2_000_000;
/** Blocks, and references to other clients, each cost an entry in a map. */
export const MOST_CLIENTS = 50_000;
export const MOST_REFERENCES = 1_000_000;
/** Pieces of texts and values over older ones: a note written for a year has some thousands. */
export const MOST_PLACED = 500_000;
/** Types in types: a table in a quote in a list of a note is six deep. Yjs tells every parent of every change. */
export const DEEPEST_TYPE = 64;
/** Nesting of a value, and of the JSON text of a record. Ours go three deep. */
export const DEEPEST_VALUE = 64;
/** The longest value the product itself writes is a text of 200,000 characters. */
export const LONGEST_VALUE_BYTES = 4 * 1024 * 1024;
/** Characters. A key is a record's id, a field, an element of at most 1,000 characters, and a stamp. */
export const LONGEST_KEY = 8_192;
/** 2^48: clocks stay far below what a double counts exactly. */
export const HIGHEST_CLOCK = 281_474_976_710_656;
/** A state vector larger than this names more clients than a workspace gets in a century. */
export const LONGEST_STATE_VECTOR_BYTES = 4 * 1024 * 1024;

// What may be read and integrated on the main thread.

/** Scanning is linear: an update of this size takes at most some ten milliseconds. Larger ones are read in the worker. */
export const LARGEST_SCAN_HERE_BYTES = 256 * 1024;
/**
 * Integration costs at most (structs that may conflict) × (structs they may have to pass), at about 10 ns each. What
 * could take longer than 0.2 s is tried in the worker first.
 */
export const MOST_STEPS_HERE = 20_000_000;
/** What the worker could not read in this time is no honest update: 32 MiB take a second. */
export const LONGEST_SCAN_MS = 5_000;
/** What takes the worker longer to integrate would hold up this process, and every device it is sent to. */
export const LONGEST_TRIAL_MS = 1_500;
/** Loading the room's present state, before the trial's own time begins. */
export const LONGEST_TRIAL_SETUP_MS = 30_000;
/** Starting the worker; what takes longer is the machine's fault, and the update is asked for again. */
export const LONGEST_WORKER_START_MS = 60_000;
/** Beyond this the worker is killed and the update counts as one that hangs. A room of 50,000 contacts takes 200. */
export const MOST_WORKER_MEGABYTES = 1_024;
/** Updates that hang, or that cannot be applied, within `STRIKE_WINDOW_MS`; then the person's sockets stay closed until it is over. */
export const MOST_STRIKES = 3;
export const STRIKE_WINDOW_MS = 10 * 60_000;

// What one connection may send. A bucket of tokens that fills again; when it is empty the line is read no further for a
// moment, so that an honest flood is slowed down and never lost.

export const TOKENS_PER_SECOND = 4_000;
export const MOST_TOKENS = 20_000;
/** Every message costs one token, and one more per this many bytes. */
export const BYTES_PER_TOKEN = 4_096;
/** Presence goes to everybody in the room: it costs more. */
export const AWARENESS_TOKENS = 10;
export const AWARENESS_BYTES_PER_TOKEN = 256;
/** A trial needs the whole room. */
export const TRIAL_TOKENS = 2_000;
/** Each sync step 1 is answered with the room; a client needs one per connection. */
export const MOST_STEP_ONES_PER_MINUTE = 30;
/** Sockets of one person, all rooms, devices and tabs together. */
export const MOST_SOCKETS_PER_USER = 1_000;

// What one connection may leave lying around.

/** What a client may leave unread, beyond the answer to its sync step 1. */
export const MOST_UNREAD_BYTES = 16 * 1024 * 1024;
/** How long a line that was told goodbye may take to answer; less when the whole server stops. */
export const GOODBYE_MS = 5_000;
export const LAST_GOODBYE_MS = 1_000;
export const PING_MS = 20_000;
/** A session that was ended elsewhere writes for at most this long. */
export const SESSION_CHECK_MS = 1_000;

// Presence.

export const MOST_AWARENESS_ENTRIES = 1_000;
export const LONGEST_AWARENESS_STATE = 16_384;
