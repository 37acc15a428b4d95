-- Written by the program as of commit d72732a, which gave the schema no version.
BEGIN TRANSACTION;
CREATE TABLE assets (
	file_name VARCHAR NOT NULL, 
	original_name TEXT NOT NULL, 
	source_url TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (file_name)
);
INSERT INTO "assets" VALUES('b1796807-733d-4ea5-aa8a-222360f5eac5.jpg','flux_sign_diffusion.jpg','https://assets.rapidata.ai/flux_sign_diffusion.jpg',1800000120.0);
INSERT INTO "assets" VALUES('f0026ef5-eb05-4d18-9658-8e50aa45ac74.jpg','mj_sign_diffusion.jpg','https://assets.rapidata.ai/mj_sign_diffusion.jpg',1800000120.0);
CREATE TABLE assignments (
	job_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	user_score DOUBLE NOT NULL, 
	position INTEGER, 
	due DOUBLE NOT NULL, 
	answered INTEGER NOT NULL, 
	PRIMARY KEY (job_id, labeler_id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "assignments" VALUES('job_390798a06fce','sim_00000',0.9128,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_390798a06fce','sim_00001',0.6853,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_390798a06fce','sim_00002',0.8051,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_390798a06fce','sim_00003',0.6866,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_390798a06fce','sim_00004',0.8589,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_390798a06fce','sim_00005',0.8946,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_77da0dc9e84a','sim_00000',0.6,NULL,1.17508872827998434029e-01,0);
INSERT INTO "assignments" VALUES('job_77da0dc9e84a','sim_00001',0.6,NULL,4.61077681007231288123e-01,0);
INSERT INTO "assignments" VALUES('job_77da0dc9e84a','sim_00002',0.6,NULL,3.35885423197617105639e-01,0);
INSERT INTO "assignments" VALUES('job_77da0dc9e84a','sim_00004',0.6,NULL,3.00416076829777556334e-02,0);
INSERT INTO "assignments" VALUES('job_77da0dc9e84a','sim_00005',0.6,NULL,1.04445362245267903134e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00000',0.9128,0,5.57315406042746763759e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00001',0.6853,0,6.0308597303442867954e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00002',0.8051,2,1.12197647185874105346e+00,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00003',0.6866,2,1.27252641783487163706e+00,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00004',0.8589,0,6.80253219545818188507e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00005',0.8946,0,9.02450946625458327865e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00006',0.8725,1,1.00791310951949419916e+00,1);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00007',0.8061,2,1.03506926720238379147e+00,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00008',0.7177,0,1.21997906773122100076e+00,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00009',0.7929,1,9.71809063880771484278e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00010',0.815,2,1.12285354010336924091e+00,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00011',0.7714,1,1.35507903706086452189e+00,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00012',0.8861,1,7.43746077234280322798e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00013',0.8656,1,7.92045636058121615974e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00014',0.7068,2,1.52570204230642092468e+00,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00015',0.7307,2,1.11435959468942757943e+00,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00016',0.8712,1,7.00017899339631322064e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00017',0.8185,2,1.01613266660869960844e+00,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00018',0.7812,1,1.57320051811283834197e+00,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00019',0.0352,1,9.0048059347162756616e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00020',0.4345,2,7.05184461260526918024e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00021',0.9082,0,1.38245953851842084958e+00,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00022',0.7888,1,5.25198558218727740154e-01,0);
INSERT INTO "assignments" VALUES('job_495ba5da7f39','sim_00023',0.6593,0,7.55817321783671669521e-01,0);
CREATE TABLE audiences (
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	description TEXT, 
	status VARCHAR NOT NULL, 
	filters JSON NOT NULL, 
	graduation_rule JSON NOT NULL, 
	leave_after INTEGER, 
	drop_min_responses INTEGER NOT NULL, 
	drop_score DOUBLE NOT NULL, 
	created_at DOUBLE NOT NULL, 
	recruiting_since DOUBLE, 
	crowd_size INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audiences" VALUES('global','global','Global','Everyone: the broadest pool of labelers, ready for any simple task.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_alignment','curated','Alignment','Labelers trained to judge how well an image or video follows its prompt.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_03472512c1c1','custom','Readers',NULL,'Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000000.0,1800000000.0,6);
INSERT INTO "audiences" VALUES('aud_5f61b22a6086','custom','Empty',NULL,'Created','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000120.0,NULL,0);
CREATE TABLE batch_uploads (
	id VARCHAR NOT NULL, 
	correlation_id VARCHAR, 
	outcomes JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "batch_uploads" VALUES('bup_2cc637f36740','08048768-e65b-4f30-978f-b3fc7df6aae6','[{"url": "https://assets.rapidata.ai/flux_sign_diffusion.jpg", "status": "Completed", "fileName": "b1796807-733d-4ea5-aa8a-222360f5eac5.jpg", "warnings": []}, {"url": "https://assets.rapidata.ai/mj_sign_diffusion.jpg", "status": "Completed", "fileName": "f0026ef5-eb05-4d18-9658-8e50aa45ac74.jpg", "warnings": []}]');
CREATE TABLE candidates (
	audience_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	answered INTEGER NOT NULL, 
	correct INTEGER NOT NULL, 
	joined_at DOUBLE NOT NULL, 
	decided_at DOUBLE, 
	next_due DOUBLE, 
	PRIMARY KEY (audience_id, labeler_id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "candidates" VALUES('aud_03472512c1c1','sim_00000','Graduated',3,3,1.80000000140715503693e+09,1.8000000032959265709e+09,NULL);
INSERT INTO "candidates" VALUES('aud_03472512c1c1','sim_00001','Graduated',3,3,1.80000000097470068934e+09,1.80000000245473718643e+09,NULL);
INSERT INTO "candidates" VALUES('aud_03472512c1c1','sim_00002','Graduated',3,3,1.8000000000113077163e+09,1.80000000263724970819e+09,NULL);
INSERT INTO "candidates" VALUES('aud_03472512c1c1','sim_00003','DroppedLowScore',3,2,1.80000000134136962891e+09,1.80000000352370214456e+09,NULL);
INSERT INTO "candidates" VALUES('aud_03472512c1c1','sim_00004','Graduated',3,3,1.80000000133522558209e+09,1.80000000260041856763e+09,NULL);
INSERT INTO "candidates" VALUES('aud_03472512c1c1','sim_00005','Graduated',3,3,1.80000000073710322377e+09,1800000002.28686,NULL);
CREATE TABLE datapoints (
	id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	sort_index INTEGER NOT NULL, 
	arrived_at DOUBLE NOT NULL, 
	item_names JSON NOT NULL, 
	context TEXT, 
	private_metadata JSON, 
	PRIMARY KEY (id), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "datapoints" VALUES('dpt_60a4c2a1b6b0','dst_c2d9c8950e6e',0,1800000120.0,'["first text 0", "second text 0"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_e8a71a216169','dst_c2d9c8950e6e',1,1800000120.0,'["first text 1", "second text 1"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_847dd1c71605','dst_c2d9c8950e6e',2,1800000120.0,'["first text 2", "second text 2"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_4450431fa49b','dst_54574bafb541',0,1800000120.0,'["b1796807-733d-4ea5-aa8a-222360f5eac5.jpg", "f0026ef5-eb05-4d18-9658-8e50aa45ac74.jpg"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_12f1b07992fa','dst_fe4336325e65',0,1800000142.0,'["a", "b"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_8e6f0723746b','dst_d21436cbe2ac',0,1800000152.0,'["one 0", "two 0"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_7688dbe76cc8','dst_d21436cbe2ac',1,1800000152.0,'["one 1", "two 1"]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_d65be301ba68','dst_d21436cbe2ac',2,1800000152.0,'["one 2", "two 2"]',NULL,'null');
CREATE TABLE datasets (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	schema JSON, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "datasets" VALUES('dst_c2d9c8950e6e','Texts_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_54574bafb541','Pictures_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_fe4336325e65','Draft_dataset','null',1800000142.0);
INSERT INTO "datasets" VALUES('dst_d21436cbe2ac','Halfway_dataset','null',1800000152.0);
CREATE TABLE definitions (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "definitions" VALUES('jdf_60ccae535428','Texts',1800000120.0);
INSERT INTO "definitions" VALUES('jdf_23687654e984','Pictures',1800000120.0);
INSERT INTO "definitions" VALUES('jdf_92ce211d2e26','Draft',1800000142.0);
INSERT INTO "definitions" VALUES('jdf_84d4e72f102e','Halfway',1800000152.0);
CREATE TABLE example_responses (
	example_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	correct BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (example_id, labeler_id), 
	FOREIGN KEY(example_id) REFERENCES examples (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "example_responses" VALUES('exm_6179c5265176','sim_00002',1,1.80000000088662171363e+09);
INSERT INTO "example_responses" VALUES('exm_32949bc5bb4d','sim_00005',1,1.80000000125368881222e+09);
INSERT INTO "example_responses" VALUES('exm_32949bc5bb4d','sim_00001',1,1.80000000146804618834e+09);
INSERT INTO "example_responses" VALUES('exm_6179c5265176','sim_00004',1,1.80000000175695657727e+09);
INSERT INTO "example_responses" VALUES('exm_8bbedb19e480','sim_00002',1,1.80000000176193571087e+09);
INSERT INTO "example_responses" VALUES('exm_8bbedb19e480','sim_00005',1,1.80000000177027440068e+09);
INSERT INTO "example_responses" VALUES('exm_8bbedb19e480','sim_00001',1,1.80000000196139168734e+09);
INSERT INTO "example_responses" VALUES('exm_6179c5265176','sim_00000',1,1.80000000203674554825e+09);
INSERT INTO "example_responses" VALUES('exm_32949bc5bb4d','sim_00003',1,1.80000000206881380082e+09);
INSERT INTO "example_responses" VALUES('exm_8bbedb19e480','sim_00004',1,1.80000000217868757245e+09);
INSERT INTO "example_responses" VALUES('exm_6179c5265176','sim_00005',1,1800000002.28686);
INSERT INTO "example_responses" VALUES('exm_6179c5265176','sim_00001',1,1.80000000245473718643e+09);
INSERT INTO "example_responses" VALUES('exm_32949bc5bb4d','sim_00004',1,1.80000000260041856763e+09);
INSERT INTO "example_responses" VALUES('exm_32949bc5bb4d','sim_00002',1,1.80000000263724970819e+09);
INSERT INTO "example_responses" VALUES('exm_8bbedb19e480','sim_00000',1,1.80000000266633605958e+09);
INSERT INTO "example_responses" VALUES('exm_8bbedb19e480','sim_00003',1,1.80000000279625797273e+09);
INSERT INTO "example_responses" VALUES('exm_32949bc5bb4d','sim_00000',1,1.8000000032959265709e+09);
INSERT INTO "example_responses" VALUES('exm_6179c5265176','sim_00003',0,1.80000000352370214456e+09);
CREATE TABLE examples (
	id VARCHAR NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	body JSON NOT NULL, 
	correct_count INTEGER NOT NULL, 
	incorrect_count INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE
);
INSERT INTO "examples" VALUES('exm_8bbedb19e480','aud_03472512c1c1',0,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 0"}, {"_t": "TextAssetInput", "text": "muddled answer 0"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 0"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_32949bc5bb4d','aud_03472512c1c1',1,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 1"}, {"_t": "TextAssetInput", "text": "muddled answer 1"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 1"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_6179c5265176','aud_03472512c1c1',2,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 2"}, {"_t": "TextAssetInput", "text": "muddled answer 2"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 2"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',5,1);
CREATE TABLE job_datapoints (
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	datapoint_id VARCHAR NOT NULL, 
	settled BOOLEAN NOT NULL, 
	PRIMARY KEY (job_id, position), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "job_datapoints" VALUES('job_390798a06fce',0,'dpt_60a4c2a1b6b0',1);
INSERT INTO "job_datapoints" VALUES('job_390798a06fce',1,'dpt_e8a71a216169',1);
INSERT INTO "job_datapoints" VALUES('job_390798a06fce',2,'dpt_847dd1c71605',1);
INSERT INTO "job_datapoints" VALUES('job_77da0dc9e84a',0,'dpt_4450431fa49b',0);
INSERT INTO "job_datapoints" VALUES('job_cf32a4bcbc39',0,'dpt_12f1b07992fa',0);
INSERT INTO "job_datapoints" VALUES('job_495ba5da7f39',0,'dpt_8e6f0723746b',0);
INSERT INTO "job_datapoints" VALUES('job_495ba5da7f39',1,'dpt_7688dbe76cc8',0);
INSERT INTO "job_datapoints" VALUES('job_495ba5da7f39',2,'dpt_d65be301ba68',0);
CREATE TABLE jobs (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	definition_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DOUBLE NOT NULL, 
	completed_at DOUBLE, 
	running_since DOUBLE, 
	ran_for DOUBLE NOT NULL, 
	pace DOUBLE NOT NULL, 
	datapoint_count INTEGER NOT NULL, 
	settled_count INTEGER NOT NULL, 
	response_count INTEGER NOT NULL, 
	simulated_count INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "jobs" VALUES('job_390798a06fce','Texts:1','jdf_60ccae535428',1,'global','ppl_da55807838fd','Completed',1800000130.0,1.80000013115467143061e+09,NULL,1.15467136747904186577e+00,1.0,3,3,9,9);
INSERT INTO "jobs" VALUES('job_77da0dc9e84a','Pictures:1','jdf_23687654e984',1,'aud_03472512c1c1','ppl_1ce76cdc1ddf','Running',1800000142.0,NULL,1800000142.0,0.0,1.0,1,0,0,0);
INSERT INTO "jobs" VALUES('job_cf32a4bcbc39','Draft:1','jdf_92ce211d2e26',1,'global','ppl_22e596ce4fec','Running',1800000152.0,NULL,1800000152.0,0.0,1.0,1,0,0,0);
INSERT INTO "jobs" VALUES('job_495ba5da7f39','Halfway:1','jdf_84d4e72f102e',1,'global','ppl_d0c8064873d1','Paused',1800000162.0,NULL,NULL,0.5,1.0,3,0,1,1);
CREATE TABLE labelers (
	id VARCHAR NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	country VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	age VARCHAR NOT NULL, 
	gender VARCHAR NOT NULL, 
	occupation VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "labelers" VALUES('sim_00000',1,'MX','es','65+','Female','Self-employed');
INSERT INTO "labelers" VALUES('sim_00001',1,'ES','es','40-49','Male','Student');
INSERT INTO "labelers" VALUES('sim_00002',1,'DE','de','65+','Female','Student');
INSERT INTO "labelers" VALUES('sim_00003',1,'MX','es','40-49','Male','Other');
INSERT INTO "labelers" VALUES('sim_00004',1,'IN','en','18-29','Male','Student');
INSERT INTO "labelers" VALUES('sim_00005',1,'MX','es','40-49','Female','Employed');
INSERT INTO "labelers" VALUES('sim_00006',1,'DE','de','65+','Female','Employed');
INSERT INTO "labelers" VALUES('sim_00007',1,'FR','fr','65+','Male','Retired');
INSERT INTO "labelers" VALUES('sim_00008',1,'ES','es','50-64','Male','Other');
INSERT INTO "labelers" VALUES('sim_00009',1,'DE','de','18-29','Female','Other');
INSERT INTO "labelers" VALUES('sim_00010',1,'US','en','18-29','Male','Other');
INSERT INTO "labelers" VALUES('sim_00011',1,'ES','es','30-39','Male','Student');
INSERT INTO "labelers" VALUES('sim_00012',1,'MX','es','18-29','Male','Retired');
INSERT INTO "labelers" VALUES('sim_00013',1,'MX','es','30-39','Female','Retired');
INSERT INTO "labelers" VALUES('sim_00014',1,'FR','fr','50-64','Male','Employed');
INSERT INTO "labelers" VALUES('sim_00015',1,'ES','es','40-49','Male','Other');
INSERT INTO "labelers" VALUES('sim_00016',1,'FR','fr','65+','Male','Self-employed');
INSERT INTO "labelers" VALUES('sim_00017',1,'MX','es','40-49','Female','Employed');
INSERT INTO "labelers" VALUES('sim_00018',1,'IN','en','65+','Female','Employed');
INSERT INTO "labelers" VALUES('sim_00019',1,'IN','en','50-64','Female','Self-employed');
INSERT INTO "labelers" VALUES('sim_00020',1,'PH','en','65+','Female','Student');
INSERT INTO "labelers" VALUES('sim_00021',1,'FR','fr','65+','Male','Employed');
INSERT INTO "labelers" VALUES('sim_00022',1,'MX','es','65+','Female','Retired');
INSERT INTO "labelers" VALUES('sim_00023',1,'BR','pt','30-39','Female','Employed');
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	begun_at DOUBLE NOT NULL, 
	owner VARCHAR, 
	notes JSON NOT NULL, 
	settled_at DOUBLE, 
	made_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "ledger" VALUES(1,'5b1b885c6cd8a5cf652ea0bcb17e2ea624d1a7bb9f6c0f8f0a85230bee8f2e5f','audience',1800000000.0,NULL,'{}',1800000000.0,'aud_03472512c1c1');
INSERT INTO "ledger" VALUES(2,'0bc633e682c6c9bc24aa4336d9616cf9209518c2bc9a52fc59ffd53d96cc9c09','audience',1800000120.0,NULL,'{}',1800000120.0,'aud_5f61b22a6086');
INSERT INTO "ledger" VALUES(3,'0a55ebfe8bc8a023a102a4755f126315db51036bbf4f2d094c8be54df1a56f9a','definition',1800000120.0,NULL,'{"dataset_id": "dst_c2d9c8950e6e"}',1800000120.0,'jdf_60ccae535428');
INSERT INTO "ledger" VALUES(4,'65e92539ea426859761d7481232bb4b69ef47abbfa697ac0d3a29238d0e75c3a','definition',1800000120.0,NULL,'{"dataset_id": "dst_54574bafb541"}',1800000120.0,'jdf_23687654e984');
INSERT INTO "ledger" VALUES(5,'857786e51ff841c6f7facbe28be387eeb84b28cc69316eacb726cd12202ee237','job',1800000130.0,NULL,'{}',1800000130.0,'job_390798a06fce');
INSERT INTO "ledger" VALUES(6,'9e605094dc8da1fdb96b46249ca03162e3e6a53545c36da52ef0c1903d96c7bf','job',1800000142.0,NULL,'{}',1800000142.0,'job_77da0dc9e84a');
INSERT INTO "ledger" VALUES(7,'9744e0113a286266affac58b429cc023b1afef1011f8daf815be53a18f71fe3d','definition',1800000142.0,NULL,'{"dataset_id": "dst_fe4336325e65"}',1800000142.0,'jdf_92ce211d2e26');
INSERT INTO "ledger" VALUES(8,'8c99bc472f6bffb39ef3a6d63193ca5cc4250d12210d4ef739f1aeaa36bf8b9c','job',1800000152.0,NULL,'{}',1800000152.0,'job_cf32a4bcbc39');
INSERT INTO "ledger" VALUES(9,'d155e9f0a60412e2ef2d7df0814d76cd86d489946829058b0d7b80785ebcb075','definition',1800000152.0,NULL,'{"dataset_id": "dst_d21436cbe2ac"}',1800000152.0,'jdf_84d4e72f102e');
INSERT INTO "ledger" VALUES(10,'7329e62c6ead19f1a2635ef68095c2c34ca0d02ee3dd59ed95f13ec2c42f776f','job',1800000162.0,NULL,'{}',1800000162.0,'job_495ba5da7f39');
CREATE TABLE responses (
	id INTEGER NOT NULL, 
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	choice INTEGER NOT NULL, 
	user_score DOUBLE NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "responses" VALUES(1,'job_390798a06fce',0,'sim_00004',0,0.8589,1,1.800000130407148838e+09);
INSERT INTO "responses" VALUES(2,'job_390798a06fce',0,'sim_00001',0,0.6853,1,1.80000013047634148596e+09);
INSERT INTO "responses" VALUES(3,'job_390798a06fce',1,'sim_00005',1,0.8946,1,1.80000013054346156117e+09);
INSERT INTO "responses" VALUES(4,'job_390798a06fce',2,'sim_00003',0,0.6866,1,1800000130.81383);
INSERT INTO "responses" VALUES(5,'job_390798a06fce',2,'sim_00004',0,0.8589,1,1.80000013084195256227e+09);
INSERT INTO "responses" VALUES(6,'job_390798a06fce',0,'sim_00000',0,0.9128,1,1.8000001308442635536e+09);
INSERT INTO "responses" VALUES(7,'job_390798a06fce',1,'sim_00001',1,0.6853,1,1.80000013102053284643e+09);
INSERT INTO "responses" VALUES(8,'job_390798a06fce',2,'sim_00005',0,0.8946,1,1.80000013104078268998e+09);
INSERT INTO "responses" VALUES(9,'job_390798a06fce',1,'sim_00002',1,0.8051,1,1.80000013115467143061e+09);
INSERT INTO "responses" VALUES(10,'job_495ba5da7f39',0,'sim_00006',0,0.8725,1,1.8000001624576046467e+09);
CREATE TABLE revisions (
	definition_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	workflow JSON NOT NULL, 
	referee JSON NOT NULL, 
	feature_flags JSON NOT NULL, 
	campaign_feature_flags JSON NOT NULL, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (definition_id, number), 
	FOREIGN KEY(definition_id) REFERENCES definitions (id) ON DELETE CASCADE, 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id)
);
INSERT INTO "revisions" VALUES('jdf_60ccae535428',1,'ppl_a6cf7c48b579','dst_c2d9c8950e6e','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which reads better?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 3}','[]','[]',1800000120.0);
INSERT INTO "revisions" VALUES('jdf_23687654e984',1,'ppl_58428d10eb6d','dst_54574bafb541','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is nicer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 2}','[]','[]',1800000120.0);
INSERT INTO "revisions" VALUES('jdf_92ce211d2e26',1,'ppl_bd05f64c4b9e','dst_fe4336325e65','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is longer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 10}','[]','[]',1800000142.0);
INSERT INTO "revisions" VALUES('jdf_84d4e72f102e',1,'ppl_a9297170cf71','dst_d21436cbe2ac','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is clearer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 12}','[]','[]',1800000152.0);
CREATE TABLE uploads (
	account VARCHAR NOT NULL, 
	source TEXT NOT NULL, 
	file_name VARCHAR NOT NULL, 
	PRIMARY KEY (account, source)
);
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/flux_sign_diffusion.jpg','b1796807-733d-4ea5-aa8a-222360f5eac5.jpg');
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/mj_sign_diffusion.jpg','f0026ef5-eb05-4d18-9658-8e50aa45ac74.jpg');
CREATE INDEX ix_batch_uploads_correlation_id ON batch_uploads (correlation_id);
CREATE INDEX ix_jobs_pipeline_id ON jobs (pipeline_id);
CREATE INDEX examples_by_audience ON examples (audience_id, position);
CREATE INDEX candidates_due ON candidates (audience_id, next_due);
CREATE INDEX datapoints_in_order ON datapoints (dataset_id, sort_index, arrived_at);
CREATE INDEX job_datapoints_open ON job_datapoints (job_id, settled, position);
CREATE UNIQUE INDEX one_response_each ON responses (job_id, position, labeler_id);
CREATE INDEX ix_ledger_key ON ledger ("key");
COMMIT;
